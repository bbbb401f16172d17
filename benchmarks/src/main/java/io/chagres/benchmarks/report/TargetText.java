// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.CallTarget;
import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Report;
import io.chagres.benchmarks.results.StartUpCost;
import io.chagres.benchmarks.results.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What became of the targets. */
final class TargetText {

    private TargetText() {}

    static String of(Report report) {
        List<Ratio> ratios =
                report.ratios().stream().filter(ratio -> ratio.target() != null).toList();
        List<Verdict> elsewhere =
                Stream.concat(
                                report.callTargets().stream().map(CallTarget::verdict),
                                report.startUp().stream().map(StartUpCost::verdict))
                        .filter(verdict -> verdict != Verdict.NONE)
                        .toList();
        if (ratios.isEmpty() && elsewhere.isEmpty()) {
            return "No ratio with a target was measured.";
        }
        String text =
                summary(
                        Stream.concat(ratios.stream().map(Ratio::verdict), elsewhere.stream())
                                .toList());
        if (!elsewhere.isEmpty()) {
            text += " Those of calls and of start-up are listed with these.";
        }
        return ratios.isEmpty() ? text : text + "\n\n" + table(ratios);
    }

    private static MarkdownTable table(List<Ratio> ratios) {
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
        Words.WORST_FIRST.stream()
                .flatMap(verdict -> ratios.stream().filter(r -> r.verdict() == verdict))
                .forEach(ratio -> row(table, ratio));
        return table;
    }

    private static String summary(List<Verdict> verdicts) {
        return "Of "
                + Words.plural(verdicts.size(), "target", "targets")
                + ", **"
                + Collections.frequency(verdicts, Verdict.MET)
                + " met**, "
                + Collections.frequency(verdicts, Verdict.MISSED)
                + " missed, "
                + Collections.frequency(verdicts, Verdict.UNDECIDED)
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
        return target == null ? Units.NONE : Units.target(target);
    }
}
