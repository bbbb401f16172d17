// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a whole run of a cold JVM costs.
 *
 * @param contender what it does
 * @param median its wall time as a multiple of hello world's
 * @param low the lower end of the 95 % interval
 * @param high the upper end
 * @param rounds how often it ran
 * @param target the most that the multiple may be; absent where nothing is promised
 * @param verdict what the interval says of the target
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StartUpCost(
        String contender,
        double median,
        double low,
        double high,
        int rounds,
        @Nullable Double target,
        Verdict verdict) {}
