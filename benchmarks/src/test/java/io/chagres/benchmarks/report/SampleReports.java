// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.CallCost;
import io.chagres.benchmarks.results.CallTarget;
import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Machine;
import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Percentiles;
import io.chagres.benchmarks.results.Placement;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Report;
import io.chagres.benchmarks.results.Result;
import io.chagres.benchmarks.results.StartUpCost;
import io.chagres.benchmarks.results.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Reports such as runs make them; the numbers are made up, and always the same. */
final class SampleReports {

    private static final int SMALL = 64;
    private static final int[] SIZES = {SMALL, 4096, 65536};
    private static final List<String> MECHANISMS =
            List.of(
                    "cache-line",
                    "posix-mq",
                    "fifo",
                    "anonymous-pipe",
                    "posix-sem",
                    "posix-shm",
                    "memfd",
                    "unix-stream",
                    "unix-datagram",
                    "unix-seqpacket",
                    "tcp",
                    "udp",
                    "ring-spsc");
    private static final List<String> OURS = List.of("c", "c-threaded", "chagres-call", "chagres");
    private static final List<String> RINGS =
            List.of("agrona", "agrona-many", "aeron", "chronicle", "jctools", "disruptor");
    private static final Machine MACHINE =
            new Machine(
                    "linux-x86_64",
                    "AMD EPYC 7763 64-Core Processor",
                    2,
                    true,
                    "Linux 6.1.0-28-amd64",
                    "Debian GNU/Linux 12 (bookworm)",
                    "25.0.1+8-LTS (Eclipse Adoptium)",
                    "gcc (Debian 12.2.0-14) 12.2.0");

    private final Random random = new Random(1);
    private final List<Result> results = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();
    private List<CallCost> calls = List.of();
    private List<CallTarget> callTargets = List.of();
    private List<StartUpCost> startUp = List.of();

    private SampleReports() {}

    static Report quick() {
        SampleReports sample = new SampleReports();
        for (String mechanism : MECHANISMS.subList(1, 5)) {
            sample.measure(mechanism, Placement.SAME, SMALL);
        }
        return sample.report("./chagres bench --quick --report out.html", true, List.of());
    }

    static Report full() {
        SampleReports sample = new SampleReports();
        for (String mechanism : MECHANISMS) {
            for (Placement placement : Placement.values()) {
                for (int size : SIZES) {
                    sample.measure(mechanism, placement, size);
                }
            }
        }
        return sample.report(
                "./chagres bench --json out.json --report out.html",
                true,
                List.of(
                        LeftOut.ofExchange("fifo", "aeron", null, null, "It has no such transport"),
                        LeftOut.ofExchange(
                                "posix-mq", null, Placement.FREE, 65536, "msgsize_max is 8192")));
    }

    /** All parts. */
    static Report everything() {
        SampleReports sample = new SampleReports();
        sample.measure("fifo", Placement.SAME, SMALL);
        sample.addParts();
        return sample.report("./chagres bench", true, leftOutElsewhere());
    }

    /** All parts but the exchanges. */
    static Report withoutExchanges() {
        SampleReports sample = new SampleReports();
        sample.addParts();
        return sample.report("./chagres bench --part calls,start-up", true, leftOutElsewhere());
    }

    private static List<LeftOut> leftOutElsewhere() {
        return List.of(
                LeftOut.ofExchange("fifo", "aeron", null, null, "It has no such transport"),
                LeftOut.ofBenchmark("labs", "JNI", "libcalls.so was not compiled"));
    }

    private void addParts() {
        calls = SampleParts.CALLS;
        callTargets = SampleParts.CALL_TARGETS;
        startUp = SampleParts.START_UP;
    }

    static Report empty() {
        return new SampleReports().report("./chagres bench", false, List.of());
    }

    static Report oneRow() {
        SampleReports sample = new SampleReports();
        sample.result("a-new-mechanism", "a-new-contender", Placement.SPLIT, SMALL, 1000);
        return sample.report("./chagres bench --mechanism a-new-mechanism", false, List.of());
    }

    /** With this text wherever there is a text. */
    static Report saying(String text) {
        SampleReports sample = new SampleReports();
        sample.result(text, text, Placement.SAME, SMALL, 1000);
        sample.ratio(text, text, text, Placement.SAME, SMALL, Measure.ROUND_TRIP, 1.0);
        Machine machine = new Machine(text, text, 1, false, text, text, text, text);
        return new Report(
                machine,
                text,
                text,
                1,
                true,
                1,
                sample.results,
                sample.ratios,
                List.of(new CallCost(text, text, 1, 1.0, 8, 1.0)),
                List.of(new CallTarget(text, text, text, Verdict.MET)),
                List.of(new StartUpCost(text, 1, 1, 1, 1, null, Verdict.NONE)),
                List.of(
                        LeftOut.ofBenchmark(text, text, text),
                        LeftOut.ofExchange(text, text, Placement.SAME, 1, text)));
    }

    private Report report(String command, boolean complete, List<LeftOut> leftOut) {
        return new Report(
                MACHINE,
                command,
                "2026-02-03T04:05:06.789Z",
                5025,
                complete,
                15,
                results,
                ratios,
                calls,
                callTargets,
                startUp,
                leftOut);
    }

    private void measure(String mechanism, Placement placement, int size) {
        double base = (placement == Placement.SPLIT ? 9000 : 3000) * (1 + random.nextDouble());
        double nanos = mechanism.equals("cache-line") ? 110 : base * (1 + size / 30000.0);
        for (String contender : contenders(mechanism)) {
            result(mechanism, contender, placement, size, nanos * factor(contender));
        }
        for (Measure measure : Measure.values()) {
            Double target = size == SMALL ? target(measure) : null;
            ratio(mechanism, "chagres", "c-threaded", placement, size, measure, target);
            ratio(mechanism, "chagres", "chagres-call", placement, size, measure, null);
            ratio(mechanism, "chagres", "jdk", placement, size, measure, null);
        }
    }

    private static List<String> contenders(String mechanism) {
        List<String> all = new ArrayList<>(OURS);
        if (mechanism.startsWith("ring") || mechanism.equals("posix-shm")) {
            all.addAll(RINGS);
        }
        if (mechanism.startsWith("unix")) {
            all.add("junixsocket");
        }
        if (!mechanism.startsWith("posix")) {
            all.add("jdk");
        }
        return all;
    }

    private static double factor(String contender) {
        return switch (contender) {
            case "c" -> 0.93;
            case "jdk" -> 1.9;
            case "aeron", "chronicle" -> 1.4;
            default -> 1;
        };
    }

    private static double target(Measure measure) {
        return measure == Measure.ROUND_TRIP ? 1.08 : 0.95;
    }

    private void result(
            String mechanism, String contender, Placement placement, int size, double nanos) {
        long p50 = (long) (nanos * (0.97 + 0.1 * random.nextDouble()));
        boolean java = !contender.startsWith("c-") && !contender.equals("c");
        double perSecond = 2.2e9 / p50;
        results.add(
                new Result(
                        mechanism,
                        contender,
                        placement,
                        size,
                        mechanism.equals("udp") ? null : percentiles(p50),
                        mechanism.equals("cache-line") ? null : perSecond,
                        mechanism.equals("cache-line") ? null : perSecond * size,
                        java ? contender.equals("chronicle") ? 24.5 : 0.0 : null,
                        15,
                        random.nextInt(20) == 0 ? 2 : 0,
                        0.02 * random.nextDouble()));
    }

    private Percentiles percentiles(long p50) {
        return new Percentiles(p50, p50 * 2, p50 * (4 + random.nextInt(9)));
    }

    private void ratio(
            String mechanism,
            String of,
            String to,
            Placement placement,
            int size,
            Measure measure,
            @Nullable Double target) {
        double median = (to.equals("jdk") ? 0.6 : 0.96) + 0.15 * random.nextDouble();
        double half = 0.004 + 0.04 * random.nextDouble();
        ratios.add(
                new Ratio(
                        mechanism,
                        of,
                        to,
                        placement,
                        size,
                        measure,
                        median,
                        median - half,
                        median + half,
                        target,
                        verdict(measure, median, half, target)));
    }

    private static Verdict verdict(
            Measure measure, double median, double half, @Nullable Double target) {
        if (target == null) {
            return Verdict.NONE;
        }
        double good = measure == Measure.ROUND_TRIP ? target - median : median - target;
        return good >= 0 ? Verdict.MET : good < -half ? Verdict.MISSED : Verdict.UNDECIDED;
    }
}
