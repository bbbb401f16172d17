// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import java.util.List;

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
        List<LeftOut> leftOut) {}
