// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

/**
 * How much is measured. Many short JVMs rather than few long ones: compiled code differs more from
 * JVM to JVM than from iteration to iteration.
 *
 * @param rounds in each of which everything has a process of its own
 * @param iterations in each of them, after those to warm up
 */
record CallEffort(int rounds, int iterations) {

    /** Some minutes, for numbers. */
    static final CallEffort FULL = new CallEffort(8, 5);

    /** To see that it works, and whether something is far off. */
    static final CallEffort QUICK = new CallEffort(1, 5);

    /** The length of an iteration. */
    static final int MILLIS = 50;

    private static final double MILLIS_PER_SECOND = 1000;

    /** About how long a process takes. */
    double seconds(int millisBefore) {
        return (millisBefore + iterations * MILLIS) / MILLIS_PER_SECOND;
    }
}
