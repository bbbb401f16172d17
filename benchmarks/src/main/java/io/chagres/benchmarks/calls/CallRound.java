// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.benchmarks.statistics.PairedRatios;
import java.util.List;

/**
 * What one process has shown: of times its best iteration, since whatever else the machine and the
 * JVM do only adds to what an operation costs; of bytes the median, since what allocates now and
 * then allocates.
 *
 * @param nanos of one operation
 * @param bytes that it has allocated on the Java heap; NaN where there is none
 */
record CallRound(double nanos, double bytes) {

    /** Of its iterations. */
    static CallRound of(List<Double> nanos, List<Double> bytes) {
        return new CallRound(least(nanos), median(bytes));
    }

    private static double median(List<Double> values) {
        return values.isEmpty()
                ? Double.NaN
                : PairedRatios.medianOf(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }
}
