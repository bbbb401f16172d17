// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

/**
 * How much is measured. Many short JVMs rather than few long ones: compiled code differs more from
 * JVM to JVM than from iteration to iteration.
 *
 * @param rounds in each of which everything has a process of its own
 * @param iterations in each of them, after those to warm up
 */
record Effort(int rounds, int iterations) {

    /** Some minutes, for numbers. */
    static final Effort FULL = new Effort(8, 5);

    /** To see that it works, and whether something is far off. */
    static final Effort QUICK = new Effort(1, 5);

    /** The length of an iteration. */
    static final int MILLIS = 50;
}
