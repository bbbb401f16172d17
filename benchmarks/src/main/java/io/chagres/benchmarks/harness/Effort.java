// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.statistics.PairedRatios;

/**
 * How much time a comparison gets.
 *
 * @param rounds that are made in any case
 * @param mostRounds that are made while a verdict is open
 * @param roundsOfProcesses after which everybody goes on in new processes
 * @param warmUpMillis of a JVM, for each of what it does
 * @param roundMillis of each of what is measured in a round
 */
public record Effort(
        int rounds, int mostRounds, int roundsOfProcesses, int warmUpMillis, int roundMillis) {

    /** Enough for an interval of 95 % of a median. */
    public static final int ROUNDS = 21;

    /** Fewer tell nothing of an interval. */
    public static final int FEWEST_ROUNDS = PairedRatios.FEWEST;

    /** More would take days. */
    public static final int MOST_ROUNDS = 1000;

    private static final int PATIENCE = 4;

    /** How many times everybody has new processes before it is looked at the verdicts. */
    private static final int STARTS = 2;

    /** Some minutes for everything. */
    public static Effort quick(int rounds) {
        return new Effort(rounds, rounds, rounds, 400, 20);
    }

    /** As long as it takes. */
    public static Effort full(int rounds) {
        return new Effort(rounds, PATIENCE * rounds, Math.ceilDiv(rounds, STARTS), 500, 40);
    }
}
