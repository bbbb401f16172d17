// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whole cold JVMs from start to end, in turns: each contender's wall time as a multiple of the
 * hello world that ran just before it. The JDK's own linker is the floor of what we can reach. Each
 * program runs also with an AOT cache, trained by a run of its own, where the JDK has them. Usage:
 * {@code StartUp [ROUNDS]}
 */
public final class StartUp {

    private static final int ROUNDS = 21;
    private static final int AOT_CACHES_SINCE = 25;
    private static final String ALLOW = "--enable-native-access=ALL-UNNAMED";
    private static final String FLOOR = "the JDK's linker and getpid";
    private static final String CACHED = ", AOT cache";

    private StartUp() {}

    /**
     * Measures.
     *
     * @param rounds how often each contender runs
     * @param progress is told what happens
     * @return a result for each contender; those without an AOT cache come first
     * @throws IOException when a JVM fails
     * @throws InterruptedException when the thread is interrupted
     */
    public static List<StartUpResult> run(int rounds, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<Path> caches = new ArrayList<>();
        try {
            List<Contender> contenders = contenders(rounds, caches, progress);
            List<String> hello = Contender.java(HelloWorld.class);
            for (int round = -1; round < rounds; round++) { // the first one only warms the disk
                progress.accept("start-up, round " + Math.max(0, round + 1) + " of " + rounds);
                for (Contender contender : contenders) {
                    double floor = nanos(hello);
                    double ratio = nanos(contender.command()) / floor;
                    if (round >= 0) {
                        contender.add(ratio);
                    }
                }
            }
            return contenders.stream().map(Contender::result).toList();
        } finally {
            for (Path cache : caches) {
                Files.deleteIfExists(cache);
            }
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        List<StartUpResult> results = run(rounds, progress -> {});
        System.out.println("wall time of a cold JVM, as a multiple of hello world's");
        results.forEach(result -> print(result, results));
    }

    private static Map<String, Class<?>> programs() {
        Map<String, Class<?>> programs = new LinkedHashMap<>();
        programs.put(FLOOR, BareLinker.class);
        programs.put("one message by the JDK's linker alone", BareMessage.class);
        programs.put("one message", OneMessage.class);
        programs.put("one pipe", OnePipe.class);
        programs.put("one permit", OnePermit.class);
        programs.put("one mapping", OneMapping.class);
        return programs;
    }

    private static List<Contender> contenders(
            int rounds, List<Path> caches, Consumer<String> progress)
            throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        for (Map.Entry<String, Class<?>> program : programs().entrySet()) {
            List<String> command = Contender.java(program.getValue(), ALLOW);
            contenders.add(new Contender(program.getKey(), command, rounds));
        }
        if (Runtime.version().feature() < AOT_CACHES_SINCE) {
            return contenders;
        }
        for (Map.Entry<String, Class<?>> program : programs().entrySet()) {
            progress.accept("start-up, AOT cache of " + program.getKey());
            Path cache = Files.createTempFile("chagres-start-up", ".aot");
            caches.add(cache);
            nanos(Contender.java(program.getValue(), ALLOW, "-XX:AOTCacheOutput=" + cache));
            List<String> command =
                    Contender.java(program.getValue(), ALLOW, "-XX:AOTCache=" + cache);
            contenders.add(new Contender(program.getKey() + CACHED, command, rounds));
        }
        return contenders;
    }

    private static double nanos(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        long begin = System.nanoTime();
        int exitCode = builder.start().waitFor();
        long nanos = System.nanoTime() - begin;
        if (exitCode != 0) {
            throw new IOException("exit code " + exitCode + " of " + String.join(" ", command));
        }
        return nanos;
    }

    /** With the share of what it takes beyond hello world that the bare linker does not take. */
    private static void print(StartUpResult result, List<StartUpResult> all) {
        boolean cached = result.contender().endsWith(CACHED);
        double floor =
                all.stream()
                        .filter(r -> r.contender().equals(cached ? FLOOR + CACHED : FLOOR))
                        .findFirst()
                        .orElseThrow()
                        .median();
        System.out.printf(
                Locale.ROOT,
                "%-48s median %.2f, quartiles %.2f to %.2f, %d rounds, beyond the floor %.0f %%%n",
                result.contender(),
                result.median(),
                result.low(),
                result.high(),
                result.rounds(),
                100 * (result.median() - floor) / (result.median() - 1));
    }
}
