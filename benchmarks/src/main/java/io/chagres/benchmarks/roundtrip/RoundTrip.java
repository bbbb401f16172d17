// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import io.chagres.benchmarks.roundtrip.PairedRatios.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Round trips of 64 bytes between two processes on one core, Chagres's and C's in turns. Usage:
 * {@code RoundTrip [--json FILE] [--cpu N] [--rounds N] [MECHANISM...]}
 */
final class RoundTrip {

    private static final int WARM_UPS = 3;
    private static final int WARM_UP_TRIPS = 50_000;
    private static final long ROUND_NANOS = 150_000_000L;

    /** How many times as many rounds are made while the verdict is open. */
    private static final int MOST_REPEATS = 4;

    private int rounds = 21;
    private int cpu = lastCpu();
    private Path json = Path.of("");
    private final List<Candidate> candidates = new ArrayList<>();

    private RoundTrip() {}

    /** What a mechanism's rounds have shown; times are microseconds of one round trip. */
    private static final class Result {
        final Candidate candidate;
        final double[] c;
        final double[] java;
        final double bytes;
        final PairedRatios ratios;

        /**
         * Of so many round trips in each round.
         *
         * @param costs C's and Chagres's of each round
         */
        Result(Candidate candidate, List<Pair.Cost> costs, long trips) {
            int n = costs.size() / 2;
            double[] logRatios = new double[n];
            double sum = 0;
            this.candidate = candidate;
            c = new double[n];
            java = new double[n];
            for (int i = 0; i < n; i++) {
                c[i] = costs.get(2 * i).nanos() / 1e3 / trips;
                java[i] = costs.get(2 * i + 1).nanos() / 1e3 / trips;
                logRatios[i] = Math.log(java[i] / c[i]);
                sum += costs.get(2 * i + 1).bytes();
            }
            bytes = sum / n / trips;
            ratios = PairedRatios.of(logRatios);
        }

        Verdict verdict() {
            return ratios.against(candidate.target());
        }

        String toJson() {
            return String.format(
                    Locale.ROOT,
                    "{\"mechanism\": \"%s\", \"target\": %.2f, \"ratio\": %.4f, \"low\": %.4f,"
                            + " \"high\": %.4f, \"verdict\": \"%s\", \"bytesPerTrip\": %.3f,%n"
                            + "  \"cMicros\": %s,%n  \"javaMicros\": %s}",
                    candidate.id(),
                    candidate.target(),
                    ratios.median(),
                    ratios.low(),
                    ratios.high(),
                    verdict().name().toLowerCase(Locale.ROOT),
                    bytes,
                    Arrays.toString(c),
                    Arrays.toString(java));
        }
    }

    public static void main(String[] args) throws IOException {
        RoundTrip main = new RoundTrip();
        main.parse(args);
        main.measure();
    }

    private void parse(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--json" -> json = Path.of(args[++i]);
                case "--cpu" -> cpu = Integer.parseInt(args[++i]);
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                default -> candidates.add(Candidate.of(args[i]));
            }
        }
        if (candidates.isEmpty()) {
            candidates.addAll(Candidate.ALL);
        }
    }

    private void measure() throws IOException {
        System.out.printf(
                "round trip of %d bytes, both ends on CPU %d, median of paired rounds%n",
                End.LENGTH, cpu);
        System.out.printf(
                "%-15s %8s %11s %6s  %-14s %6s %5s %7s  %s%n",
                "",
                "C, us",
                "Chagres, us",
                "ratio",
                "95 % interval",
                "rounds",
                "B/op",
                "target",
                "verdict");
        List<Result> results = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Result result = measure(candidate);
            print(result);
            results.add(result);
        }
        if (!json.toString().isEmpty()) {
            Files.writeString(
                    json,
                    results.stream()
                            .map(Result::toJson)
                            .collect(Collectors.joining(",\n", "[", "]\n")));
        }
    }

    private Result measure(Candidate candidate) throws IOException {
        String name = candidate.namePrefix() + "chagres-rt-" + ProcessHandle.current().pid();
        try (Pair c = new Pair(cCommand(candidate), name + "-c", List.of(String.valueOf(cpu)));
                Pair java = new Pair(javaCommand(candidate), name + "-j", List.of())) {
            for (int i = 0; i < WARM_UPS; i++) {
                c.run(WARM_UP_TRIPS);
                java.run(WARM_UP_TRIPS);
            }
            long trips = WARM_UP_TRIPS * ROUND_NANOS / c.run(WARM_UP_TRIPS).nanos();
            List<Pair.Cost> costs = new ArrayList<>();
            Result result;
            do {
                for (int round = 0; round < rounds; round++) {
                    boolean cFirst = round % 2 == 0;
                    Pair.Cost first = (cFirst ? c : java).run(trips);
                    Pair.Cost second = (cFirst ? java : c).run(trips);
                    costs.add(cFirst ? first : second);
                    costs.add(cFirst ? second : first);
                }
                result = new Result(candidate, costs, trips);
            } while (result.verdict() == Verdict.UNDECIDED
                    && result.c.length < MOST_REPEATS * rounds);
            return result;
        }
    }

    private List<String> cCommand(Candidate candidate) {
        return List.of(
                Path.of(System.getProperty("chagres.baselines"), "roundtrip").toString(),
                candidate.id());
    }

    private List<String> javaCommand(Candidate candidate) {
        return List.of(
                "taskset",
                "--cpu-list",
                String.valueOf(cpu),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                System.getProperty("java.class.path"),
                EndMain.class.getName(),
                candidate.id());
    }

    private static void print(Result result) {
        System.out.printf(
                Locale.ROOT,
                "%-15s %8.2f %11.2f %6.3f  %.3f to %.3f %6d %5.1f %7.2f  %s%n",
                result.candidate.id(),
                PairedRatios.medianOf(result.c),
                PairedRatios.medianOf(result.java),
                result.ratios.median(),
                result.ratios.low(),
                result.ratios.high(),
                result.c.length,
                result.bytes,
                result.candidate.target(),
                result.verdict().name().toLowerCase(Locale.ROOT));
    }

    /** The last one that this process may use: the first one has the machine's interrupts. */
    private static int lastCpu() {
        try {
            String list =
                    Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("Cpus_allowed_list:"))
                            .findFirst()
                            .orElseThrow();
            return Integer.parseInt(list.replaceAll(".*\\D(?=\\d+$)", ""));
        } catch (IOException e) {
            return 0;
        }
    }
}
