// SPDX-License-Identifier: Apache-2.0

/** Chooses what is behind the portable mechanisms. */
@NullMarked
package io.chagres.internal.platform;

import org.jspecify.annotations.NullMarked;
