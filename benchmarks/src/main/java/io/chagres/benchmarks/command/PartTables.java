// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import io.chagres.benchmarks.results.CallCost;
import io.chagres.benchmarks.results.CallTarget;
import io.chagres.benchmarks.results.Report;
import io.chagres.benchmarks.results.StartUpCost;
import io.chagres.benchmarks.results.Verdict;
import io.chagres.cli.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Calls and start-up for a terminal. */
final class PartTables {

    private static final String NUMBER = "%.2f";

    private PartTables() {}

    /** A table for each of what was measured. */
    static List<String> of(Report report) {
        List<String> tables = new ArrayList<>();
        if (!report.calls().isEmpty()) {
            tables.add(calls(report.calls()).toString());
        }
        if (!report.callTargets().isEmpty()) {
            tables.add(targets(report.callTargets()).toString());
        }
        if (!report.startUp().isEmpty()) {
            tables.add(startUp(report.startUp()).toString());
        }
        return tables;
    }

    private static TextTable calls(List<CallCost> calls) {
        TextTable table = new TextTable("call", "contender", ">ns/op", ">+-", ">B/op");
        for (CallCost c : calls) {
            table.row(
                    c.benchmark(),
                    c.contender(),
                    number(NUMBER, c.nanosPerOperation()),
                    number(NUMBER, c.error()),
                    number("%.3f", c.allocatedBytesPerOperation()));
        }
        return table;
    }

    private static TextTable targets(List<CallTarget> targets) {
        TextTable table = new TextTable("target of calls", "measured", "bound", "verdict");
        targets.forEach(t -> table.row(t.what(), t.measured(), t.bound(), t.verdict().toString()));
        return table;
    }

    private static TextTable startUp(List<StartUpCost> costs) {
        TextTable table =
                new TextTable(
                        "start-up",
                        ">times hello world",
                        "95 % interval",
                        ">rounds",
                        "target",
                        "verdict");
        for (StartUpCost c : costs) {
            table.row(
                    c.contender(),
                    number(NUMBER, c.median()),
                    number(NUMBER, c.low()) + " to " + number(NUMBER, c.high()),
                    String.valueOf(c.rounds()),
                    c.target() == null ? "" : "<= " + number(NUMBER, c.target()),
                    c.verdict() == Verdict.NONE ? "" : c.verdict().toString());
        }
        return table;
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, format, value);
    }
}
