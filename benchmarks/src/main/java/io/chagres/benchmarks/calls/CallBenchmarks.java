// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What calls and operations cost, measured by JMH. Usage: {@code CallBenchmarks [quick]} */
public final class CallBenchmarks {

    /** No round begins that would probably end later. */
    private static final long MOST_NANOS = 230_000_000_000L;

    /** In so many rounds once. */
    private static final int UNJUDGED_EVERY = 4;

    private final Effort effort;
    private final Consumer<String> progress;
    private final Map<Contender, List<Round>> measured = new LinkedHashMap<>();
    private final List<LeftOutCall> leftOut = new ArrayList<>();

    private CallBenchmarks(Effort effort, Consumer<String> progress) {
        this.effort = effort;
        this.progress = progress;
    }

    public static void main(String[] args) throws InterruptedException {
        boolean quick = args.length > 0 && args[0].equals("quick");
        CallTable.print(run(quick, System.err::println));
    }

    /**
     * Measures everything, and prints nothing.
     *
     * @param quick whether it is enough to see that it works
     * @param progress is told in a line what is measured now
     * @throws InterruptedException when the thread is interrupted
     */
    public static CallReport run(boolean quick, Consumer<String> progress)
            throws InterruptedException {
        return new CallBenchmarks(quick ? Effort.QUICK : Effort.FULL, progress).measure();
    }

    private CallReport measure() throws InterruptedException {
        for (Contender contender : Contenders.ALL) {
            contender
                    .whyNot()
                    .ifPresentOrElse(
                            reason -> leaveOut(contender, reason),
                            () -> measured.put(contender, new ArrayList<>()));
        }
        long begin = System.nanoTime();
        long longest = 0;
        for (int round = 0; round < effort.rounds(); round++) {
            long now = System.nanoTime();
            if (now - begin + longest > MOST_NANOS) {
                break; // a busy machine: fewer rounds, and wider intervals
            }
            measureRound(round);
            longest = Math.max(longest, System.nanoTime() - now);
        }
        List<CallResult> results = new ArrayList<>();
        measured.forEach((contender, rounds) -> results.add(CallResult.of(contender, rounds)));
        return new CallReport(results, leftOut);
    }

    /** Every contender once, in turns the other way round: no one is always the first. */
    private void measureRound(int round) throws InterruptedException {
        List<Contender> order = new ArrayList<>(measured.keySet());
        if (round % 2 != 0) {
            Collections.reverse(order);
        }
        for (Contender contender : order) {
            if (contender.isJudged() || round % UNJUDGED_EVERY == 0) {
                progress.accept(
                        "round %d of %d: %s: %s"
                                .formatted(
                                        round + 1,
                                        effort.rounds(),
                                        contender.benchmark(),
                                        contender.name()));
                measureOnce(contender);
            }
        }
    }

    private void measureOnce(Contender contender) throws InterruptedException {
        try {
            Round round = contender.measure(effort);
            measured.computeIfAbsent(contender, c -> new ArrayList<>()).add(round);
        } catch (IOException e) {
            measured.remove(contender);
            leaveOut(contender, String.valueOf(e.getMessage()));
        }
    }

    private void leaveOut(Contender contender, String reason) {
        leftOut.add(new LeftOutCall(contender.benchmark(), contender.name(), reason));
    }
}
