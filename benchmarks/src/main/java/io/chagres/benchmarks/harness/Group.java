// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Placement;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Result;
import io.chagres.benchmarks.results.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The contenders of one mechanism, one placement and one size, who measure in turns. */
final class Group implements AutoCloseable {

    /** More than what a quiet machine does besides, as a share of one CPU. */
    private static final double DISTURBED = 0.15;

    private final Mechanism mechanism;
    private final Placement placement;
    private final Workload workload;
    private final Effort effort;
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<Samples> running = new ArrayList<>();
    private final List<Double> foreign = new ArrayList<>();
    private int disturbed;
    private int repeated;

    Group(Mechanism mechanism, Placement placement, Workload workload, Effort effort) {
        this.mechanism = mechanism;
        this.placement = placement;
        this.workload = workload;
        this.effort = effort;
    }

    /** Starts a contender, or leaves it out. */
    void start(Contender contender, Commands commands, BenchDirectory directory) {
        Samples samples = null;
        try {
            samples = new Samples(contender, pair(contender, commands, directory), workload);
            samples.warmUp();
            samples.pair.forBoth((driver, pid) -> commands.pin(placement, driver, pid));
            samples.calibrate();
            running.add(samples);
        } catch (IOException e) {
            if (samples != null) {
                samples.close();
            }
            leaveOut(contender, e);
        }
    }

    private Pair pair(Contender contender, Commands commands, BenchDirectory directory)
            throws IOException {
        return new Pair(
                (name, driver) -> commands.of(contender, placement, name, driver, workload.size()),
                directory.newName(),
                contender.java() != null && contender.java().oneProcess());
    }

    private void leaveOut(Contender contender, IOException e) {
        leftOut.add(
                LeftOut.ofExchange(
                        mechanism.id(),
                        contender.id(),
                        placement,
                        workload.size(),
                        String.valueOf(e.getMessage())));
    }

    /**
     * Makes rounds until all is decided or there were enough.
     *
     * @param ended whether to stop early
     * @param progress is told after each round
     */
    void measure(BooleanSupplier ended, Runnable progress) throws IOException {
        int rounds = 0;
        while (!ended.getAsBoolean() && !running.isEmpty() && wantsMore(rounds)) {
            if (round(rounds)) {
                rounds++;
                progress.run();
            }
        }
    }

    /**
     * Everybody once, in another order each time; false if it was disturbed and is to be repeated.
     */
    private boolean round(int number) throws IOException {
        List<Samples> order = new ArrayList<>(running);
        Collections.rotate(order, number);
        ForeignCpu others =
                ForeignCpu.without(running.stream().flatMap(s -> s.pair.processes().stream()));
        List<Samples.Round> rounds = new ArrayList<>();
        for (Samples samples : order) {
            try {
                rounds.add(samples.round());
            } catch (IOException e) {
                leaveOut(samples.contender, e);
                running.remove(samples);
                samples.close();
                return false;
            }
        }
        double share = others.share();
        if (share > DISTURBED) {
            if (repeated < effort.rounds()) {
                repeated++;
                return false;
            }
            disturbed++;
        }
        foreign.add(share);
        for (int i = 0; i < order.size(); i++) {
            order.get(i).keep(rounds.get(i));
        }
        return true;
    }

    private boolean wantsMore(int rounds) {
        return rounds < effort.rounds() || (rounds < effort.mostRounds() && isUndecided());
    }

    private boolean isUndecided() {
        return ratios().stream().anyMatch(r -> r.verdict() == Verdict.UNDECIDED);
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    List<Ratio> ratios() {
        return foreign.isEmpty()
                ? List.of()
                : Comparison.all(mechanism, placement, workload.size(), running);
    }

    List<Result> results() {
        if (foreign.isEmpty()) {
            return List.of();
        }
        Summary summary = new Summary(mechanism, placement, workload.size(), foreign, disturbed);
        return running.stream().map(summary::of).toList();
    }

    @Override
    public void close() {
        running.forEach(Samples::close);
    }
}
