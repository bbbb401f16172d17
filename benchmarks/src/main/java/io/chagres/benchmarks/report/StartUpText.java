// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.StartUpCost;
import io.chagres.benchmarks.results.Verdict;
import java.util.List;

/** What a cold JVM costs, and what became of the targets. */
final class StartUpText {

    private StartUpText() {}

    static String of(List<StartUpCost> costs) {
        MarkdownTable table =
                new MarkdownTable(
                        "what the JVM does",
                        ">times hello world",
                        ">95 % interval",
                        ">rounds",
                        ">target",
                        "verdict");
        for (StartUpCost cost : costs) {
            table.row(
                    cost.contender(),
                    Units.ratio(cost.median()),
                    Units.ratio(cost.low()) + " – " + Units.ratio(cost.high()),
                    Units.count(cost.rounds()),
                    cost.target() == null ? "" : "≤ " + Units.target(cost.target()),
                    cost.verdict() == Verdict.NONE ? "" : Words.of(cost.verdict()));
        }
        return table.toString();
    }
}
