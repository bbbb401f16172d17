// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Measures what is selected, one group after the other. */
public final class Bench {

    private final Effort effort;
    private final Plan plan;
    private final Commands commands;
    private final Progress progress;
    private final BooleanSupplier ended;
    private final List<Result> results = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /**
     * Makes the plan.
     *
     * @param selection what to measure
     * @param effort how thoroughly
     * @param baselines the folder of the programs in C; need not exist
     * @param cpus that may be used
     * @param progress is told how far it is
     * @param ended whether to stop early
     */
    public Bench(
            Selection selection,
            Effort effort,
            Path baselines,
            Cpus cpus,
            Progress progress,
            BooleanSupplier ended) {
        this.effort = effort;
        this.progress = progress;
        this.ended = ended;
        commands = new Commands(baselines, cpus, selection.otherClassPath());
        plan = Plan.of(selection, commands, cpus, effort);
        leftOut.addAll(plan.leftOut());
        progress.expect(plan.groups().stream().mapToDouble(s -> s.seconds(effort)).sum());
    }

    /** Measures. What a group has shown is kept even if it is ended in the middle. */
    public void run() throws IOException {
        try (BenchDirectory directory = new BenchDirectory()) {
            for (Plan.Step step : plan.groups()) {
                if (!ended.getAsBoolean()) {
                    run(step, directory);
                }
            }
        }
    }

    private void run(Plan.Step step, BenchDirectory directory) throws IOException {
        try (Group group =
                new Group(
                        step.mechanism(),
                        step.placement(),
                        step.workload(),
                        effort,
                        commands,
                        directory)) {
            for (Contender contender : step.contenders()) {
                if (!ended.getAsBoolean()) {
                    progress.begin(step.title() + ": " + contender.id() + " warms up");
                    group.start(contender);
                    boolean java = contender.java() != null;
                    progress.done(step.workload().secondsToStart(java));
                }
            }
            progress.begin(step.title());
            group.measure(
                    ended,
                    () -> progress.done(step.secondsOfRound()),
                    () -> progress.done(step.secondsToStart()));
            results.addAll(group.results());
            ratios.addAll(group.ratios());
            leftOut.addAll(group.leftOut());
        }
    }

    /** What each contender has shown. */
    public List<Result> results() {
        return results;
    }

    /** The comparisons. */
    public List<Ratio> ratios() {
        return ratios;
    }

    /** What was not measured. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }
}
