// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.util.List;

/**
 * What one process has shown: its best iteration, since whatever else the machine and the JVM do
 * only adds to what an operation costs.
 *
 * @param nanos of one operation
 * @param bytes that it has allocated on the Java heap; NaN where there is none
 */
record CallRound(double nanos, double bytes) {

    /** Of its iterations. */
    static CallRound of(List<Double> nanos, List<Double> bytes) {
        return new CallRound(least(nanos), least(bytes));
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }
}
