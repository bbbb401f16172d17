// SPDX-License-Identifier: Apache-2.0

/** How a ratio is decided on a noisy machine. */
@NullMarked
package io.chagres.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
