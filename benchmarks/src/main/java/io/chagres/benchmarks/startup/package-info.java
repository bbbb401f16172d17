// SPDX-License-Identifier: Apache-2.0

/** What the first message of a cold JVM costs. */
@NullMarked
package io.chagres.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
