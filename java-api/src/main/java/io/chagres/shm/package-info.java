// SPDX-License-Identifier: Apache-2.0

/** Shared memory: named, and anonymous with seals. */
@NullMarked
package io.chagres.shm;

import org.jspecify.annotations.NullMarked;
