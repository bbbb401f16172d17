// SPDX-License-Identifier: Apache-2.0

/** Waiting for many things at once. */
@NullMarked
package io.chagres.event;

import org.jspecify.annotations.NullMarked;
