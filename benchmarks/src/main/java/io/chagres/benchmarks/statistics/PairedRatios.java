// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.statistics;

import io.chagres.benchmarks.results.Verdict;
import java.util.Arrays;
import java.util.Random;

/**
 * The median of paired ratios and where it is, with a probability of 95 %: the percentiles of the
 * medians of as many pairs, drawn at random with repetition.
 *
 * @param median of the ratios
 * @param low the lower end of the interval
 * @param high its upper end
 * @param count of the pairs
 */
public record PairedRatios(double median, double low, double high, int count) {

    /** Fewer pairs decide nothing. */
    public static final int FEWEST = 5;

    /**
     * A wider interval decides nothing near the target, nor does one wider than what is allowed.
     */
    private static final double WIDEST = 1.10;

    private static final int DRAWS = 10_000;
    private static final int SEED = 1;
    private static final double TAIL = 0.025;

    /**
     * Of two contenders' values of the same rounds.
     *
     * @param values of each round
     * @param others what each of these is divided by
     */
    public static PairedRatios of(double[] values, double[] others) {
        double[] logRatios = new double[values.length];
        for (int i = 0; i < logRatios.length; i++) {
            logRatios[i] = Math.log(values[i] / others[i]);
        }
        return ofLogarithms(logRatios);
    }

    private static PairedRatios ofLogarithms(double[] logRatios) {
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
                Math.exp(medians[DRAWS - 1 - tail]),
                logRatios.length);
    }

    /** The median, or the mean of the two in the middle. */
    public static double medianOf(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Whether the ratio is at most so great. */
    public Verdict atMost(double target) {
        return verdict(target, low / target, target / high, median <= target);
    }

    /** Whether the ratio is at least so great. */
    public Verdict atLeast(double target) {
        return verdict(target, target / high, low / target, median >= target);
    }

    /**
     * A wide interval has to be clear of the target: what scatters so much in one run may well lie
     * elsewhere in the next.
     *
     * @param target says how much is at stake: what it allows to be worse or wants to be better
     * @param beyond how many times the interval's good end is beyond the target
     * @param within how many times its bad end is within
     * @param good whether the median is on the good side
     */
    private Verdict verdict(double target, double beyond, double within, boolean good) {
        if (count < FEWEST) {
            return Verdict.UNDECIDED;
        }
        double width = high / low;
        double widest = Math.min(WIDEST, Math.max(target, 1 / target));
        double clear = width <= widest ? 1 : Math.sqrt(width);
        if (beyond > 1 && beyond >= clear) {
            return Verdict.MISSED;
        }
        boolean met = width <= widest ? good : within >= clear;
        return met ? Verdict.MET : Verdict.UNDECIDED;
    }
}
