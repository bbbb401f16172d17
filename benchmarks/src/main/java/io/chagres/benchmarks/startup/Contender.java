// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program in a JVM of its own, and how long it took compared to hello world. */
final class Contender {

    private final String name;
    private final List<String> command;
    private final double[] ratios;
    private int measured;

    Contender(String name, List<String> command, int rounds) {
        this.name = name;
        this.command = command;
        this.ratios = new double[rounds];
    }

    /** The command of a program, in a JVM like this one. */
    static List<String> java(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.add(main.getName());
        return command;
    }

    String name() {
        return name;
    }

    List<String> command() {
        return command;
    }

    void add(double ratio) {
        ratios[measured++] = ratio;
    }

    StartUpResult result() {
        double[] sorted = Arrays.copyOf(ratios, measured);
        Arrays.sort(sorted);
        return new StartUpResult(
                name,
                sorted[measured / 2],
                sorted[measured / 4],
                sorted[measured - 1 - measured / 4],
                measured);
    }
}
