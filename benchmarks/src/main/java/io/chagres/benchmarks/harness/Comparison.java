// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Placement;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Verdict;
import io.chagres.benchmarks.statistics.PairedRatios;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chagres against everybody else of a group; and C against the JDK, which shows how much there is
 * to gain at all.
 */
final class Comparison {

    private Comparison() {}

    static List<Ratio> all(
            Mechanism mechanism, Placement placement, int size, List<Samples> samples) {
        List<Ratio> ratios = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            for (Samples of : samples) {
                for (Samples to : samples) {
                    if (areCompared(of, to) && of.has(measure) && to.has(measure)) {
                        ratios.add(ratio(mechanism, placement, size, measure, of, to));
                    }
                }
            }
        }
        return ratios;
    }

    private static boolean areCompared(Samples of, Samples to) {
        if (of.contender.id().equals(Contender.CHAGRES)) {
            return !to.contender.id().equals(Contender.CHAGRES);
        }
        return of.contender.id().equals(Contender.THREADED_C)
                && to.contender.id().equals(Contender.JDK);
    }

    private static Ratio ratio(
            Mechanism mechanism,
            Placement placement,
            int size,
            Measure measure,
            Samples of,
            Samples to) {
        PairedRatios ratios = PairedRatios.of(of.values(measure), to.values(measure));
        Optional<Target> target =
                Target.ALL.stream()
                        .filter(
                                t ->
                                        of.contender.id().equals(Contender.CHAGRES)
                                                && t.covers(
                                                        mechanism,
                                                        to.contender.id(),
                                                        measure,
                                                        placement,
                                                        size))
                        .findFirst();
        return new Ratio(
                mechanism.id(),
                of.contender.id(),
                to.contender.id(),
                placement,
                size,
                measure,
                ratios.median(),
                ratios.low(),
                ratios.high(),
                target.map(Target::bound).orElse(null),
                target.map(t -> verdict(ratios, measure, t.bound())).orElse(Verdict.NONE));
    }

    private static Verdict verdict(PairedRatios ratios, Measure measure, double bound) {
        return measure == Measure.ROUND_TRIP ? ratios.atMost(bound) : ratios.atLeast(bound);
    }
}
