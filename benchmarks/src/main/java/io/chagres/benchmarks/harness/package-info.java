// SPDX-License-Identifier: Apache-2.0

/** Starts the ends, lets the contenders measure in turns, and compares them. */
@NullMarked
package io.chagres.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
