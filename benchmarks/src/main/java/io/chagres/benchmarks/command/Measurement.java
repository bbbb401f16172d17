// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import io.chagres.benchmarks.calls.CallBenchmarks;
import io.chagres.benchmarks.harness.Bench;
import io.chagres.benchmarks.results.CallCost;
import io.chagres.benchmarks.results.CallTarget;
import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Result;
import io.chagres.benchmarks.results.StartUpCost;
import io.chagres.benchmarks.startup.StartUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a run, one after the other; null are those that were not chosen.
 *
 * @param exchange between two processes
 * @param callBenchmarks of calls
 * @param coldStart of a JVM
 */
record Measurement(
        @Nullable Bench exchange,
        @Nullable CallBenchmarks callBenchmarks,
        @Nullable StartUp coldStart) {

    void run() throws IOException, InterruptedException {
        if (exchange != null) {
            exchange.run();
        }
        if (callBenchmarks != null) {
            callBenchmarks.run();
        }
        if (coldStart != null) {
            coldStart.run();
        }
    }

    List<Result> results() {
        return exchange == null ? List.of() : exchange.results();
    }

    List<Ratio> ratios() {
        return exchange == null ? List.of() : exchange.ratios();
    }

    List<CallCost> calls() {
        return callBenchmarks == null ? List.of() : callBenchmarks.results();
    }

    List<CallTarget> callTargets() {
        return callBenchmarks == null ? List.of() : callBenchmarks.targets();
    }

    List<StartUpCost> startUp() {
        return coldStart == null ? List.of() : coldStart.results();
    }

    List<LeftOut> leftOut() {
        List<LeftOut> all = new ArrayList<>();
        if (exchange != null) {
            all.addAll(exchange.leftOut());
        }
        if (callBenchmarks != null) {
            all.addAll(callBenchmarks.leftOut());
        }
        if (coldStart != null) {
            all.addAll(coldStart.leftOut());
        }
        return all;
    }

    /** Whether each of the chosen parts has shown anything. */
    boolean hasMeasured() {
        return (exchange == null || !results().isEmpty())
                && (callBenchmarks == null || !calls().isEmpty())
                && (coldStart == null || !startUp().isEmpty());
    }
}
