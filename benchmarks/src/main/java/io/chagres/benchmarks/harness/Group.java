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
import java.util.Random;
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
    private final Random random = new Random(1);
    private final Commands commands;
    private final BenchDirectory directory;
    private int wanted;
    private int disturbed;
    private int repeated;

    Group(
            Mechanism mechanism,
            Placement placement,
            Workload workload,
            Effort effort,
            Commands commands,
            BenchDirectory directory) {
        this.mechanism = mechanism;
        this.placement = placement;
        this.workload = workload;
        this.effort = effort;
        this.commands = commands;
        this.directory = directory;
        this.wanted = effort.rounds();
    }

    /** Starts a contender, or leaves it out. */
    void start(Contender contender) {
        Samples samples = null;
        try {
            samples = new Samples(contender, pair(contender), workload);
            prepare(samples);
            running.add(samples);
        } catch (IOException e) {
            if (samples != null) {
                samples.close();
            }
            leaveOut(contender, e);
        }
    }

    private void prepare(Samples samples) throws IOException {
        samples.warmUp();
        samples.pair.forBoth((driver, pid) -> commands.pin(placement, driver, pid));
        samples.calibrate();
    }

    /**
     * Everybody in new processes: code is compiled otherwise in each JVM, and memory lies
     * otherwise, which the rounds of one process cannot show.
     */
    private void startAnew() {
        for (Samples samples : List.copyOf(running)) {
            try {
                samples.goOnWith(pair(samples.contender));
                prepare(samples);
            } catch (IOException e) {
                drop(samples, e);
            }
        }
    }

    private void drop(Samples samples, IOException e) {
        leaveOut(samples.contender, e);
        running.remove(samples);
        samples.close();
    }

    private Pair pair(Contender contender) throws IOException {
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
     * @param startedAnew is told after everybody has been started once more
     */
    void measure(BooleanSupplier ended, Runnable progress, Runnable startedAnew)
            throws IOException {
        int rounds = 0;
        int started = 0;
        while (!ended.getAsBoolean() && !running.isEmpty() && wantsMore(rounds)) {
            if (rounds - started == effort.roundsOfProcesses()) {
                started = rounds;
                startAnew();
                startedAnew.run();
            }
            if (round()) {
                rounds++;
                progress.run();
            }
        }
    }

    /**
     * Everybody once, in another order each time; false if it was disturbed and is to be repeated.
     */
    private boolean round() throws IOException {
        List<Samples> order = new ArrayList<>(running);
        Collections.shuffle(order, random); // so that nobody always comes after the same one
        ForeignCpu others =
                ForeignCpu.without(running.stream().flatMap(s -> s.pair.processes().stream()));
        List<Samples.Round> rounds = new ArrayList<>();
        for (Samples samples : order) {
            try {
                rounds.add(samples.round());
            } catch (IOException e) {
                drop(samples, e);
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

    /** It is looked at when there are twice as many: who looks often sees what is not there. */
    private boolean wantsMore(int rounds) {
        if (rounds >= wanted && rounds < effort.mostRounds() && isUndecided()) {
            wanted = Math.min(2 * wanted, effort.mostRounds());
        }
        return rounds < wanted;
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
