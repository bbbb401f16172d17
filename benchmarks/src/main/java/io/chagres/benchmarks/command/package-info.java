// SPDX-License-Identifier: Apache-2.0

/** {@code ./chagres bench}. */
@NullMarked
package io.chagres.benchmarks.command;

import org.jspecify.annotations.NullMarked;
