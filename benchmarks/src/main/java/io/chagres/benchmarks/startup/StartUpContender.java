// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import io.chagres.benchmarks.harness.Effort;
import io.chagres.benchmarks.results.StartUpCost;
import io.chagres.benchmarks.results.Verdict;
import io.chagres.benchmarks.statistics.PairedRatios;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own, and how long it took beside hello world. */
final class StartUpContender {

    private final String name;
    private final Program program;
    private final @Nullable Double target;
    private final List<Double> times = new ArrayList<>();
    private final List<Double> floors = new ArrayList<>();

    /**
     * Of a program.
     *
     * @param name what it does
     * @param program that is measured
     * @param target the most it may be as a multiple of hello world; null if nothing is promised
     */
    StartUpContender(String name, Program program, @Nullable Double target) {
        this.name = name;
        this.program = program;
        this.target = target;
    }

    String name() {
        return name;
    }

    /** Runs it after hello world; the first time only warms the disk. */
    void measure(Program hello, boolean keep) throws IOException, InterruptedException {
        double floor = hello.nanos();
        double time = program.nanos();
        if (keep) {
            floors.add(floor);
            times.add(time);
        }
    }

    boolean isMeasured() {
        return !times.isEmpty();
    }

    StartUpCost cost() {
        PairedRatios ratios = PairedRatios.of(array(times), array(floors));
        return new StartUpCost(
                name,
                ratios.median(),
                ratios.low(),
                ratios.high(),
                times.size(),
                target,
                target == null ? Verdict.NONE : verdict(ratios, target));
    }

    /** A run that was ended early may have had too few rounds. */
    private Verdict verdict(PairedRatios ratios, double bound) {
        return times.size() < Effort.FEWEST_ROUNDS ? Verdict.UNDECIDED : ratios.atMost(bound);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
