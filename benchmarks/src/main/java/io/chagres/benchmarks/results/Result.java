// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one contender has shown with messages of one size in one placement.
 *
 * @param mechanism its id, as of {@code ./chagres check} where that has it too
 * @param contender who it was
 * @param placement where the ends ran
 * @param size bytes of a message
 * @param roundTripNanos of single round trips; absent where they are not made
 * @param messagesPerSecond in one direction, the median of the rounds; absent where not measured
 * @param bytesPerSecond the same times the size
 * @param allocatedBytesPerOperation on the heap by the thread that measures, per message that it
 *     sends or receives; absent for C
 * @param rounds that were measured
 * @param disturbedRounds of these, that other processes disturbed although they were repeated
 * @param foreignCpu what other processes used meanwhile, as a share of one CPU, the median of the
 *     rounds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Result(
        String mechanism,
        String contender,
        Placement placement,
        int size,
        @Nullable Percentiles roundTripNanos,
        @Nullable Double messagesPerSecond,
        @Nullable Double bytesPerSecond,
        @Nullable Double allocatedBytesPerOperation,
        int rounds,
        int disturbedRounds,
        double foreignCpu) {}
