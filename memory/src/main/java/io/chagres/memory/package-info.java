// SPDX-License-Identifier: Apache-2.0

/** Native memory that a thread borrows for the length of one call. */
@NullMarked
package io.chagres.memory;

import org.jspecify.annotations.NullMarked;
