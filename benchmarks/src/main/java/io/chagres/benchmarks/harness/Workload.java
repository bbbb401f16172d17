// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

/**
 * What every contender of a group does.
 *
 * @param size bytes of a message
 * @param roundTrips whether messages go there and back
 * @param streams whether messages go in one direction
 * @param warmUpNanos how long a JVM does each before it is measured
 * @param roundNanos how long each takes in a round
 */
record Workload(int size, boolean roundTrips, boolean streams, long warmUpNanos, long roundNanos) {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int LONGEST_ROUND_TRIP = 4096;

    static Workload of(int size, Effort effort) {
        return new Workload(
                size,
                size <= LONGEST_ROUND_TRIP,
                true,
                effort.warmUpMillis() * NANOS_PER_MILLI,
                effort.roundMillis() * NANOS_PER_MILLI);
    }

    /** About how long a contender takes to start and to warm up. */
    double secondsToStart(boolean java) {
        double each = (java ? warmUpNanos : roundNanos) / 1e9;
        return (java ? 1 : 0.1) + each * (parts() + (java && roundTrips ? 1 : 0));
    }

    /** About how long its part of a round takes. */
    double secondsOfRound() {
        double timed = 0.25;
        return roundNanos / 1e9 * (parts() + (roundTrips ? timed : 0));
    }

    private int parts() {
        return (roundTrips ? 1 : 0) + (streams ? 1 : 0);
    }
}
