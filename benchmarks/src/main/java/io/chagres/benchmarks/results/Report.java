// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole run.
 *
 * @param machine what it ran on
 * @param command the command line that repeats it
 * @param started when it began, ISO 8601 in UTC
 * @param seconds how long it took
 * @param complete false if it was ended before everything was measured
 * @param rounds of each comparison; more are made where a verdict is open
 * @param results what each contender has shown
 * @param ratios the comparisons
 * @param calls what calls and operations cost; absent if they were not measured
 * @param callTargets what these are held against; absent likewise
 * @param startUp what a cold JVM costs; absent likewise
 * @param leftOut what was not measured
 */
public record Report(
        Machine machine,
        String command,
        String started,
        long seconds,
        boolean complete,
        int rounds,
        List<Result> results,
        List<Ratio> ratios,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CallCost> calls,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CallTarget> callTargets,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StartUpCost> startUp,
        List<LeftOut> leftOut) {

    /** An absent list is an empty one. */
    public Report {
        calls = orEmpty(calls);
        callTargets = orEmpty(callTargets);
        startUp = orEmpty(startUp);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** Whether exchanges are all that this can tell of, or some of it. */
    public boolean tellsOfExchanges() {
        return !results.isEmpty() || !ratios.isEmpty() || (calls.isEmpty() && startUp.isEmpty());
    }
}
