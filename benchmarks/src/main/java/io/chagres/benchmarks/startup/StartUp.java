// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whole cold JVMs from start to end, in turns: each contender's wall time as a multiple of the
 * hello world that ran just before it. Usage: {@code StartUp [ROUNDS]}
 */
final class StartUp {

    private static final int ROUNDS = 21;
    private static final int AOT_CACHES_SINCE = 25;
    private static final String ALLOW = "--enable-native-access=ALL-UNNAMED";

    private StartUp() {}

    private static final class Contender {
        final String name;
        final List<String> command;
        final double[] ratios;

        Contender(String name, List<String> command, double[] ratios) {
            this.name = name;
            this.command = command;
            this.ratios = ratios;
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
        List<String> hello = java(HelloWorld.class);
        Path cache = Files.createTempFile("chagres-start-up", ".aot");
        try {
            List<Contender> contenders = contenders(cache, rounds);
            for (int round = -1; round < rounds; round++) { // the first one only warms the disk
                for (Contender contender : contenders) {
                    double floor = nanos(hello);
                    double ratio = nanos(contender.command) / floor;
                    if (round >= 0) {
                        contender.ratios[round] = ratio;
                    }
                }
            }
            System.out.println("wall time of a cold JVM, as a multiple of hello world's");
            contenders.forEach(StartUp::print);
        } finally {
            Files.delete(cache);
        }
    }

    private static List<Contender> contenders(Path cache, int rounds)
            throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(
                new Contender(
                        "the JDK's linker and getpid",
                        java(BareLinker.class, ALLOW),
                        new double[rounds]));
        contenders.add(
                new Contender("one message", java(OneMessage.class, ALLOW), new double[rounds]));
        if (Runtime.version().feature() >= AOT_CACHES_SINCE) {
            nanos(java(OneMessage.class, ALLOW, "-XX:AOTCacheOutput=" + cache));
            contenders.add(
                    new Contender(
                            "one message, AOT cache",
                            java(OneMessage.class, ALLOW, "-XX:AOTCache=" + cache),
                            new double[rounds]));
        }
        return contenders;
    }

    private static List<String> java(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.add(main.getName());
        return command;
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

    private static void print(Contender contender) {
        double[] values = contender.ratios.clone();
        Arrays.sort(values);
        int n = values.length;
        System.out.printf(
                Locale.ROOT,
                "%-30s median %.2f, quartiles %.2f to %.2f, %d rounds%n",
                contender.name,
                values[n / 2],
                values[n / 4],
                values[n - 1 - n / 4],
                n);
    }
}
