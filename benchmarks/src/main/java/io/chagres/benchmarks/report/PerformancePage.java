// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.Machine;
import io.chagres.benchmarks.results.Report;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A run as {@code docs/performance.md}. */
public final class PerformancePage {

    private static final Pattern BACKQUOTES = Pattern.compile("`+");
    private static final int FENCE = 3;

    private PerformancePage() {}

    /** The document; the same for the same report. */
    public static String of(Report report) {
        String before = Template.read("targets.md").fill(before(report));
        String parts = PartText.of(report);
        String after =
                Template.read("reading.md")
                        .fill(Map.of("leftOut", RemarkText.leftOut(report.leftOut())));
        return Template.read("performance.md")
                .fill(
                        Map.of(
                                "command", code(report.command()),
                                "run", run(report),
                                "contents", ContentsText.of(before, parts, after),
                                "chapters",
                                        before + "\n" + parts + "\n\n" + after.stripTrailing()));
    }

    private static Map<String, String> before(Report report) {
        return Map.of("machine", machine(report.machine()), "targets", TargetText.of(report));
    }

    private static String run(Report report) {
        String started = report.started().replace('T', ' ').replaceFirst("(\\.\\d+)?Z$", " UTC");
        String text =
                "Started "
                        + MarkdownTable.text(started)
                        + "; took "
                        + Units.duration(report.seconds())
                        + "; "
                        + Words.plural(report.rounds(), "round", "rounds")
                        + " of each comparison.";
        return report.complete()
                ? text
                : text + "\n\n**The run was ended early**: what had not been measured is missing.";
    }

    private static String machine(Machine machine) {
        MarkdownTable table = new MarkdownTable("what", "which");
        table.row("CPU", machine.cpu() + ", " + Words.plural(machine.cpus(), "CPU", "CPUs"));
        table.row(
                "machine",
                machine.virtual()
                        ? "virtual: its host moves the CPUs, so times scatter more"
                        : "not virtual");
        table.row(
                "system",
                machine.distribution() + ", " + machine.kernel() + " (" + machine.platform() + ")");
        table.row("Java", machine.jdk());
        table.row(
                "C compiler",
                machine.compiler().isEmpty()
                        ? "none: the C contenders are left out"
                        : machine.compiler());
        return table.toString();
    }

    private static String code(String command) {
        int longest =
                BACKQUOTES
                        .matcher(command)
                        .results()
                        .map(MatchResult::group)
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
        String fence = "`".repeat(Math.max(FENCE, longest + 1));
        return fence + "\n" + command.replaceAll("\\p{Cntrl}+", " ").strip() + "\n" + fence;
    }
}
