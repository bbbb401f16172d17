// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** What the measurements are held against. */
public final class CallTargets {

    private static final double PLAIN_TO_JNI = 1.05;
    private static final double ERRNO_NANOS = 1.5;
    private static final double CRITICAL_NANOS = 2.5;
    private static final double FACADE_TO_CALL_LAYER = 1.03;
    private static final double BYTES = 0.01;

    /** What JMH itself allocates in each iteration, and with that seems to be the operations'. */
    private static final double BYTES_OF_JMH = 10_000;

    private static final double ITERATION_NANOS = Effort.MILLIS * 1e6;
    private static final String RATIO = "%.3f";
    private static final String NANOS = "%.2f ns";

    private final List<CallResult> results;
    private final List<CallVerdict> verdicts = new ArrayList<>();

    private CallTargets(List<CallResult> results) {
        this.results = results;
    }

    /**
     * Compares; what was left out is not judged.
     *
     * @param results of a run
     * @return a line for each target
     */
    public static List<CallVerdict> judge(List<CallResult> results) {
        CallTargets targets = new CallTargets(results);
        targets.judgeCalls();
        for (String operation : Contenders.OPERATIONS) {
            targets.judgeRatio(
                    operation, Contenders.FACADE, Contenders.CALL_LAYER, FACADE_TO_CALL_LAYER);
        }
        results.forEach(targets::judgeAllocation);
        return List.copyOf(targets.verdicts);
    }

    private void judgeCalls() {
        String labs = Contenders.LABS;
        judgeRatio(labs, Contenders.PLAIN, Contenders.JNI, PLAIN_TO_JNI);
        paired(labs, Contenders.ERRNO, Contenders.PLAIN, (errno, plain) -> errno - plain)
                .ifPresent(
                        beyond ->
                                add("labs: errno beyond a plain call", NANOS, beyond, ERRNO_NANOS));
        find(labs, Contenders.CRITICAL)
                .map(critical -> Interval.of(critical.rounds()))
                .ifPresent(nanos -> add("labs: a critical call", NANOS, nanos, CRITICAL_NANOS));
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
        double bytes = result.allocatedBytesPerOperation();
        if (Contenders.isJudged(result.benchmark()) && !Double.isNaN(bytes)) {
            double share = BYTES_OF_JMH * result.nanosPerOperation() / ITERATION_NANOS;
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
        for (int round = 0; round < above.get().rounds().size(); round++) {
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
                new CallVerdict(
                        what,
                        text,
                        String.format(Locale.ROOT, "<= " + format, bound),
                        CallVerdict.Verdict.of(measured, bound)));
    }

    private Optional<CallResult> find(String benchmark, String contender) {
        return results.stream()
                .filter(r -> r.benchmark().equals(benchmark) && r.contender().equals(contender))
                .findFirst();
    }
}
