// SPDX-License-Identifier: Apache-2.0

/** Memory that a thread borrows for the length of one call, and functions that cannot be called. */
@NullMarked
package io.chagres.foreign;

import org.jspecify.annotations.NullMarked;
