// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.benchmarks.results.Verdict;
import java.util.List;

/**
 * A median, and two of the values between which that of all possible ones is with a probability of
 * at least 90 %. That supposes nothing about how they scatter, and a few that a busy machine has
 * spoilt do not move it. It holds for as few values as there are rounds here, of which PairedRatios
 * would draw too few different medians, and for differences as well as for ratios.
 *
 * @param sure false when there are too few values for such a probability
 */
record Interval(double low, double median, double high, boolean sure) {

    private static final double OUTSIDE = 0.10;

    static Interval of(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        int cut = cut(n);
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        boolean sure = 2 * Math.pow(0.5, n) <= OUTSIDE;
        return new Interval(sorted[cut], median, sorted[n - 1 - cut], sure);
    }

    /** Of a value that is known. */
    static Interval exactly(double value) {
        return new Interval(value, value, value, true);
    }

    /** How many at each end can be left out: it is as with a coin that is thrown n times. */
    private static int cut(int n) {
        double outside = 0;
        double exactly = Math.pow(0.5, n);
        int cut = 0;
        for (int i = 0; 2 * i < n; i++) {
            outside += 2 * exactly;
            if (outside > OUTSIDE) {
                break;
            }
            cut = i;
            exactly *= (double) (n - i) / (i + 1);
        }
        return cut;
    }

    /**
     * Whether the median is at most so great. Stricter than PairedRatios, which take what straddles
     * the bound for met if it is narrow: these bounds allow less than that width, or are
     * differences, whose width is no share of anything.
     */
    Verdict atMost(double bound) {
        if (sure && high <= bound) {
            return Verdict.MET;
        }
        return sure && low > bound ? Verdict.MISSED : Verdict.UNDECIDED;
    }

    /** The longer half. */
    double error() {
        return Math.max(high - median, median - low);
    }
}
