// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

/**
 * How much time a comparison gets.
 *
 * @param rounds that are made in any case
 * @param mostRounds that are made while a verdict is open
 * @param warmUpMillis of a JVM, for each of what it does
 * @param roundMillis of each of what is measured in a round
 */
public record Effort(int rounds, int mostRounds, int warmUpMillis, int roundMillis) {

    /** Enough for an interval of 95 % of a median. */
    public static final int ROUNDS = 21;

    /** Fewer tell nothing of an interval. */
    public static final int FEWEST_ROUNDS = 5;

    private static final int PATIENCE = 4;

    /** Some minutes for everything. */
    public static Effort quick(int rounds) {
        return new Effort(rounds, rounds, 400, 20);
    }

    /** As long as it takes. */
    public static Effort full(int rounds) {
        return new Effort(rounds, PATIENCE * rounds, 500, 40);
    }
}
