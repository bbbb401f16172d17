// SPDX-License-Identifier: Apache-2.0

/** What the mechanisms of every platform are built from. */
@NullMarked
package io.chagres.internal;

import org.jspecify.annotations.NullMarked;
