// SPDX-License-Identifier: Apache-2.0

/** Streams of bytes: anonymous pipes, and FIFOs, which have a name. */
@NullMarked
package io.chagres.pipe;

import org.jspecify.annotations.NullMarked;
