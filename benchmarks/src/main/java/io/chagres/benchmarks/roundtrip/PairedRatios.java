// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import java.util.Arrays;
import java.util.Random;

/**
 * The median of paired ratios and where it is, with a probability of 95 %: the percentiles of the
 * medians of as many pairs, drawn at random with repetition.
 */
record PairedRatios(double median, double low, double high) {

    /** A wider interval decides nothing, if the target is inside. */
    private static final double WIDEST = 1.10;

    private static final int DRAWS = 10_000;
    private static final int SEED = 1;
    private static final double TAIL = 0.025;

    enum Verdict {
        MET,
        MISSED,
        UNDECIDED
    }

    /** Of the logarithms of each pair's ratio. */
    static PairedRatios of(double[] logRatios) {
        Random random = new Random(SEED);
        double[] medians = new double[DRAWS];
        double[] drawn = new double[logRatios.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = logRatios[random.nextInt(logRatios.length)];
            }
            medians[draw] = medianOf(drawn);
        }
        Arrays.sort(medians);
        int tail = (int) (TAIL * DRAWS);
        return new PairedRatios(
                Math.exp(medianOf(logRatios)),
                Math.exp(medians[tail]),
                Math.exp(medians[DRAWS - 1 - tail]));
    }

    static double medianOf(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Met unless the whole interval is above the target, or it is too wide to tell. */
    Verdict against(double target) {
        if (low > target) {
            return Verdict.MISSED;
        }
        return high > target && high / low > WIDEST ? Verdict.UNDECIDED : Verdict.MET;
    }
}
