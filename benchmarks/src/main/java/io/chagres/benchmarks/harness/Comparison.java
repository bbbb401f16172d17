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

/** Chagres against everybody else of a group. */
final class Comparison {

    private Comparison() {}

    static List<Ratio> all(
            Mechanism mechanism, Placement placement, int size, List<Samples> samples) {
        List<Ratio> ratios = new ArrayList<>();
        Optional<Samples> chagres =
                samples.stream()
                        .filter(s -> s.contender.id().equals(Contender.CHAGRES))
                        .findFirst();
        if (chagres.isEmpty()) {
            return ratios;
        }
        for (Measure measure : Measure.values()) {
            for (Samples other : samples) {
                if (other != chagres.get() && chagres.get().has(measure) && other.has(measure)) {
                    ratios.add(ratio(mechanism, placement, size, measure, chagres.get(), other));
                }
            }
        }
        return ratios;
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
                                        t.covers(
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
