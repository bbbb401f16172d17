// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import org.HdrHistogram.Histogram;

/**
 * Of single round trips, in nanoseconds.
 *
 * @param p50 the median
 * @param p99 99 of 100 took no longer
 * @param p999 999 of 1000 took no longer
 */
public record Percentiles(long p50, long p99, long p999) {

    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    /** Of what a histogram has counted. */
    public static Percentiles of(Histogram histogram) {
        return new Percentiles(
                histogram.getValueAtPercentile(P50),
                histogram.getValueAtPercentile(P99),
                histogram.getValueAtPercentile(P999));
    }
}
