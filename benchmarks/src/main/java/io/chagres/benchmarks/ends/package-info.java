// SPDX-License-Identifier: Apache-2.0

/**
 * The processes between which messages go: one small class for each mechanism and contender, all
 * driven alike. Their twins in C are in {@code native/baselines}.
 */
@NullMarked
package io.chagres.benchmarks.ends;

import org.jspecify.annotations.NullMarked;
