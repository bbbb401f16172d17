// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.benchmarks.results.CallCost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one contender has shown.
 *
 * @param benchmark what was done, such as {@code getpid}
 * @param contender by what, such as {@code JNI}
 * @param nanos of one operation, over the rounds
 * @param bytes that it allocates on the Java heap, the median of the rounds; NaN for C
 * @param rounds the nanoseconds of each: in the same one all that is compared was measured shortly
 *     after one another
 */
record CallResult(
        String benchmark, String contender, Interval nanos, double bytes, List<Double> rounds) {

    /** Of at least one round. */
    static CallResult of(CallContender contender, List<CallRound> rounds) {
        List<Double> nanos = rounds.stream().map(CallRound::nanos).toList();
        return new CallResult(
                contender.benchmark(),
                contender.name(),
                Interval.of(nanos),
                Interval.of(rounds.stream().map(CallRound::bytes).toList()).median(),
                nanos);
    }

    /** As it is reported. */
    CallCost cost() {
        return new CallCost(
                benchmark,
                contender,
                nanos.median(),
                rounds.size() > 1 ? finite(nanos.error()) : null,
                rounds.size(),
                finite(bytes));
    }

    /** JSON knows no other numbers. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
