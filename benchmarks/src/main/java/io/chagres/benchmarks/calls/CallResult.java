// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.util.List;

/**
 * What one contender has shown.
 *
 * @param benchmark what was done, such as {@code getpid}
 * @param contender by what, such as {@code JNI}
 * @param nanosPerOperation the median of the rounds
 * @param error how far off the median may be, with a probability of at least 90 % if it is judged
 *     and the run not a quick one
 * @param allocatedBytesPerOperation on the Java heap, the median of the rounds; NaN for C
 * @param rounds the nanoseconds of each: in the same one all that is compared was measured shortly
 *     after one another
 */
public record CallResult(
        String benchmark,
        String contender,
        double nanosPerOperation,
        double error,
        double allocatedBytesPerOperation,
        List<Double> rounds) {

    static CallResult of(Contender contender, List<Round> rounds) {
        List<Double> nanos = rounds.stream().map(Round::nanos).toList();
        Interval interval = Interval.of(nanos);
        return new CallResult(
                contender.benchmark(),
                contender.name(),
                interval.median(),
                interval.error(),
                Interval.of(rounds.stream().map(Round::bytes).toList()).median(),
                nanos);
    }
}
