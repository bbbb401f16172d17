// SPDX-License-Identifier: Apache-2.0

/** Semaphores between processes. */
@NullMarked
package io.chagres.sync;

import org.jspecify.annotations.NullMarked;
