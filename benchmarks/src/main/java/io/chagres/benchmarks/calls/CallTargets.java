// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.benchmarks.results.CallTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** What the measurements are held against. */
final class CallTargets {

    private static final double PLAIN_TO_JNI = 1.05;
    private static final double ERRNO_NANOS = 1.5;
    private static final double CRITICAL_NANOS = 2.5;
    private static final double FACADE_TO_CALL_LAYER = 1.03;
    private static final double BYTES = 0.01;

    /** What JMH itself allocates in each iteration, and with that seems to be the operations'. */
    private static final double BYTES_OF_JMH = 10_000;

    private static final double ITERATION_NANOS = CallEffort.MILLIS * 1e6;
    private static final String RATIO = "%.3f";
    private static final String NANOS = "%.2f ns";

    private final List<CallResult> results;
    private final List<CallTarget> verdicts = new ArrayList<>();

    private CallTargets(List<CallResult> results) {
        this.results = results;
    }

    /**
     * Compares; what was left out is not judged.
     *
     * @param results of a run
     * @return a line for each target
     */
    static List<CallTarget> judge(List<CallResult> results) {
        CallTargets targets = new CallTargets(results);
        targets.judgeCalls();
        for (String operation : CallContenders.OPERATIONS) {
            targets.judgeRatio(
                    operation,
                    CallContenders.FACADE,
                    CallContenders.CALL_LAYER,
                    FACADE_TO_CALL_LAYER);
        }
        results.forEach(targets::judgeAllocation);
        return List.copyOf(targets.verdicts);
    }

    private void judgeCalls() {
        String labs = CallContenders.LABS;
        judgeRatio(labs, CallContenders.PLAIN, CallContenders.JNI, PLAIN_TO_JNI);
        paired(labs, CallContenders.ERRNO, CallContenders.PLAIN, (errno, plain) -> errno - plain)
                .ifPresent(
                        beyond ->
                                add("labs: errno beyond a plain call", NANOS, beyond, ERRNO_NANOS));
        find(labs, CallContenders.CRITICAL)
                .ifPresent(c -> add("labs: a critical call", NANOS, c.nanos(), CRITICAL_NANOS));
    }

    private void judgeRatio(String benchmark, String contender, String to, double bound) {
        paired(benchmark, contender, to, (above, below) -> above / below)
                .ifPresent(
                        ratio ->
                                add(
                                        benchmark + ": " + contender + " to " + to,
                                        RATIO,
                                        ratio,
                                        bound));
    }

    private void judgeAllocation(CallResult result) {
        double bytes = result.bytes();
        if (CallContenders.isJudged(result.benchmark()) && !Double.isNaN(bytes)) {
            double share = BYTES_OF_JMH * result.nanos().median() / ITERATION_NANOS;
            add(
                    result.benchmark() + ": " + result.contender() + ", allocated",
                    "%.3f B",
                    Interval.exactly(bytes),
                    BYTES + share);
        }
    }

    /** Of each round by itself, so that what changes from round to round changes nothing. */
    private Optional<Interval> paired(
            String benchmark, String contender, String to, DoubleBinaryOperator compare) {
        Optional<CallResult> above = find(benchmark, contender);
        Optional<CallResult> below = find(benchmark, to);
        if (above.isEmpty() || below.isEmpty()) {
            return Optional.empty();
        }
        List<Double> values = new ArrayList<>();
        // A run that is ended early leaves one of them with a round more.
        int rounds = Math.min(above.get().rounds().size(), below.get().rounds().size());
        for (int round = 0; round < rounds; round++) {
            values.add(
                    compare.applyAsDouble(
                            above.get().rounds().get(round), below.get().rounds().get(round)));
        }
        return Optional.of(Interval.of(values));
    }

    private void add(String what, String format, Interval measured, double bound) {
        String text = String.format(Locale.ROOT, format, measured.median());
        if (measured.error() > 0) {
            text +=
                    String.format(
                            Locale.ROOT,
                            " (" + format + " to " + format + ")",
                            measured.low(),
                            measured.high());
        }
        verdicts.add(
                new CallTarget(
                        what,
                        text,
                        String.format(Locale.ROOT, "<= " + format, bound),
                        measured.atMost(bound)));
    }

    private Optional<CallResult> find(String benchmark, String contender) {
        return results.stream()
                .filter(r -> r.benchmark().equals(benchmark) && r.contender().equals(contender))
                .findFirst();
    }
}
