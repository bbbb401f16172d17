// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** What became of the targets. */
final class TargetText {

    /** What needs attention comes first. */
    private static final List<Verdict> ORDER =
            List.of(Verdict.MISSED, Verdict.UNDECIDED, Verdict.MET);

    private TargetText() {}

    static String of(List<Ratio> all) {
        List<Ratio> ratios = all.stream().filter(ratio -> ratio.target() != null).toList();
        if (ratios.isEmpty()) {
            return "No ratio with a target was measured.";
        }
        MarkdownTable table =
                new MarkdownTable(
                        "mechanism",
                        "ratio",
                        "measure",
                        "placement",
                        ">size",
                        ">median",
                        ">95 % interval",
                        ">target",
                        "verdict");
        ORDER.stream()
                .flatMap(verdict -> with(ratios, verdict))
                .forEach(ratio -> row(table, ratio));
        return summary(ratios) + "\n\n" + table;
    }

    private static Stream<Ratio> with(List<Ratio> ratios, Verdict verdict) {
        return ratios.stream().filter(ratio -> ratio.verdict() == verdict);
    }

    private static String summary(List<Ratio> ratios) {
        return "Of "
                + Words.plural(ratios.size(), "target", "targets")
                + ", **"
                + with(ratios, Verdict.MET).count()
                + " met**, "
                + with(ratios, Verdict.MISSED).count()
                + " missed, "
                + with(ratios, Verdict.UNDECIDED).count()
                + " undecided.";
    }

    private static void row(MarkdownTable table, Ratio ratio) {
        table.row(
                ratio.mechanism(),
                ratio.of() + " / " + ratio.to(),
                Words.of(ratio.measure()),
                ratio.placement().title(),
                Units.bytes(ratio.size()),
                Units.ratio(ratio.median()),
                Units.ratio(ratio.low()) + " – " + Units.ratio(ratio.high()),
                (ratio.measure() == Measure.THROUGHPUT ? "≥ " : "≤ ") + target(ratio),
                Words.of(ratio.verdict()));
    }

    private static String target(Ratio ratio) {
        Double target = ratio.target();
        return target == null
                ? Units.NONE
                : BigDecimal.valueOf(target).stripTrailingZeros().toPlainString();
    }
}
