// SPDX-License-Identifier: Apache-2.0

/**
 * What a call costs: of C through Java's linker against JNI and C, and of Chagres's facade against
 * the call layer beneath it.
 */
@NullMarked
package io.chagres.benchmarks.calls;

import org.jspecify.annotations.NullMarked;
