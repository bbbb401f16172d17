// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a call or an operation costs by one contender.
 *
 * @param benchmark what was done, such as {@code getpid}
 * @param contender by what, such as {@code JNI}
 * @param nanosPerOperation the median of the rounds
 * @param error how far off the median may be, with a probability of at least 90 % if there is a
 *     target and the run was not a quick one; absent after a single round
 * @param rounds that were measured
 * @param allocatedBytesPerOperation on the Java heap, the median of the rounds; absent for C
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallCost(
        String benchmark,
        String contender,
        double nanosPerOperation,
        @Nullable Double error,
        int rounds,
        @Nullable Double allocatedBytesPerOperation) {}
