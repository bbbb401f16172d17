// SPDX-License-Identifier: Apache-2.0

/** Which platform's implementation of a mechanism is used here. */
@NullMarked
package io.chagres.internal.platform;

import org.jspecify.annotations.NullMarked;
