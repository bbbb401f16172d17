// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.benchmarks.harness.Endings;
import io.chagres.benchmarks.harness.Progress;
import io.chagres.benchmarks.results.CallCost;
import io.chagres.benchmarks.results.CallTarget;
import io.chagres.benchmarks.results.LeftOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What calls and operations cost, measured by JMH. */
public final class CallBenchmarks {

    /** No round begins that would probably end later; on a quiet machine all of them have room. */
    private static final double MOST_SECONDS = 350;

    private static final double NANOS_PER_SECOND = 1e9;

    /** In so many rounds once. */
    private static final int UNJUDGED_EVERY = 4;

    private final CallEffort effort;
    private final Progress progress;
    private final BooleanSupplier ended;
    private final Map<CallContender, List<CallRound>> measured = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /**
     * Looks who can take part.
     *
     * @param quick whether it is enough to see that it works
     * @param progress is told how far it is
     * @param ended whether to stop early
     */
    public CallBenchmarks(boolean quick, Progress progress, BooleanSupplier ended) {
        this.effort = quick ? CallEffort.QUICK : CallEffort.FULL;
        this.progress = progress;
        this.ended = ended;
        for (CallContender contender : CallContenders.ALL) {
            contender
                    .whyNot()
                    .ifPresentOrElse(
                            reason -> leaveOut(contender, reason),
                            () -> measured.put(contender, new ArrayList<>()));
        }
        for (int round = 0; round < effort.rounds(); round++) {
            progress.expect(secondsOf(round));
        }
    }

    /**
     * Measures. What was measured is kept even if it is ended in the middle.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    public void run() throws InterruptedException {
        long begin = System.nanoTime();
        double slowest = 1;
        for (int round = 0; round < effort.rounds() && !ended.getAsBoolean(); round++) {
            double before = secondsSince(begin);
            double expected = secondsOf(round);
            if (before + slowest * expected > MOST_SECONDS) {
                // A busy machine: fewer rounds, and wider intervals.
                progress.done(expected);
            } else {
                measureRound(round);
                slowest = Math.max(slowest, (secondsSince(begin) - before) / expected);
            }
        }
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    /** What each contender has shown. */
    public List<CallCost> results() {
        return rows().stream().map(CallResult::cost).toList();
    }

    /** What became of the targets. */
    public List<CallTarget> targets() {
        return CallTargets.judge(rows());
    }

    /** What was not measured. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    private List<CallResult> rows() {
        List<CallResult> rows = new ArrayList<>();
        measured.forEach(
                (contender, rounds) -> {
                    if (!rounds.isEmpty()) {
                        rows.add(CallResult.of(contender, rounds));
                    }
                });
        return rows;
    }

    /** Who has a turn in a round. */
    private List<CallContender> contendersOf(int round) {
        return measured.keySet().stream()
                .filter(c -> c.isJudged() || round % UNJUDGED_EVERY == 0)
                .toList();
    }

    private double secondsOf(int round) {
        return contendersOf(round).stream().mapToDouble(c -> c.seconds(effort)).sum();
    }

    /** Every contender once, in turns the other way round: no one is always the first. */
    private void measureRound(int round) throws InterruptedException {
        List<CallContender> order = new ArrayList<>(contendersOf(round));
        if (round % 2 != 0) {
            Collections.reverse(order);
        }
        for (CallContender contender : order) {
            if (ended.getAsBoolean()) {
                return;
            }
            progress.begin(
                    "calls, round %d of %d: %s: %s"
                            .formatted(
                                    round + 1,
                                    effort.rounds(),
                                    contender.benchmark(),
                                    contender.name()));
            measureOnce(contender);
            progress.done(contender.seconds(effort));
        }
    }

    private void measureOnce(CallContender contender) throws InterruptedException {
        try {
            CallRound round = contender.measure(effort);
            if (!Double.isFinite(round.nanos())) {
                throw new IOException("no iteration was measured");
            }
            measured.computeIfAbsent(contender, c -> new ArrayList<>()).add(round);
        } catch (IOException e) {
            if (!Endings.explain(ended)) {
                measured.remove(contender);
                leaveOut(contender, String.valueOf(e.getMessage()));
            }
        }
    }

    private void leaveOut(CallContender contender, String reason) {
        leftOut.add(LeftOut.ofBenchmark(contender.benchmark(), contender.name(), reason));
    }
}
