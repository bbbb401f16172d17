// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What was not measured, and why.
 *
 * @param mechanism its id; absent outside of the exchanges
 * @param benchmark what was to be done instead; absent in the exchanges
 * @param contender who is left out; absent if all are
 * @param placement the placement that is left out; absent if all are
 * @param size the size that is left out; absent if all are
 * @param reason for a person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeftOut(
        @Nullable String mechanism,
        @Nullable String benchmark,
        @Nullable String contender,
        @Nullable Placement placement,
        @Nullable Integer size,
        String reason) {

    /** Of an exchange. */
    public static LeftOut ofExchange(
            String mechanism,
            @Nullable String contender,
            @Nullable Placement placement,
            @Nullable Integer size,
            String reason) {
        return new LeftOut(mechanism, null, contender, placement, size, reason);
    }

    /** Of what knows neither mechanisms nor placements. */
    public static LeftOut ofBenchmark(String benchmark, String contender, String reason) {
        return new LeftOut(null, benchmark, contender, null, null, reason);
    }

    /** What was to be measured, whichever of both it is. */
    public String what() {
        return mechanism != null ? mechanism : benchmark != null ? benchmark : "";
    }
}
