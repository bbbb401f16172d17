// SPDX-License-Identifier: Apache-2.0

/** The mechanisms on POSIX systems, built on the call layer. */
@NullMarked
package io.chagres.internal.posix;

import org.jspecify.annotations.NullMarked;
