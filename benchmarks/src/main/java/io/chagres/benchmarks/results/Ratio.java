// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One contender's measure divided by another's, round by round.
 *
 * @param mechanism its id
 * @param of whose measure is divided
 * @param to by whose
 * @param placement where the ends ran
 * @param size bytes of a message
 * @param measure what is compared
 * @param median of the rounds' ratios
 * @param low the lower end of its 95 % interval
 * @param high the upper end
 * @param target the most it may be for round trips, the least for throughput; absent where nothing
 *     is promised
 * @param verdict what the interval says of the target
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ratio(
        String mechanism,
        String of,
        String to,
        Placement placement,
        int size,
        Measure measure,
        double median,
        double low,
        double high,
        @Nullable Double target,
        Verdict verdict) {}
