// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Percentiles;
import io.chagres.benchmarks.results.Ratio;
import io.chagres.benchmarks.results.Report;
import io.chagres.benchmarks.results.Result;
import io.chagres.benchmarks.results.Verdict;
import io.chagres.cli.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results for a terminal. */
final class BenchTable {

    private static final double MEGA = 1e6;

    private BenchTable() {}

    static String of(Report report) {
        List<String> parts = new ArrayList<>();
        if (report.tellsOfExchanges()) {
            parts.add(results(report).toString());
        }
        if (!report.ratios().isEmpty()) {
            parts.add(ratios(report).toString());
        }
        parts.addAll(PartTables.of(report));
        if (!report.leftOut().isEmpty()) {
            parts.add(leftOut(report).toString());
        }
        if (!report.complete()) {
            parts.add("ended before everything was measured" + System.lineSeparator());
        }
        return String.join(System.lineSeparator(), parts);
    }

    private static TextTable results(Report report) {
        TextTable table =
                new TextTable(
                        "mechanism",
                        "contender",
                        "placement",
                        ">bytes",
                        ">p50 us",
                        ">p99 us",
                        ">p99.9 us",
                        ">messages/s",
                        ">MB/s",
                        ">B/op",
                        ">rounds",
                        ">foreign CPU");
        for (Result r : report.results()) {
            Percentiles times = r.roundTripNanos();
            table.row(
                    r.mechanism(),
                    r.contender(),
                    r.placement().toString(),
                    String.valueOf(r.size()),
                    times == null ? "" : micros(times.p50()),
                    times == null ? "" : micros(times.p99()),
                    times == null ? "" : micros(times.p999()),
                    number("%,.0f", r.messagesPerSecond(), 1),
                    number("%,.1f", r.bytesPerSecond(), MEGA),
                    number("%.1f", r.allocatedBytesPerOperation(), 1),
                    r.rounds()
                            + (r.disturbedRounds() == 0
                                    ? ""
                                    : " (" + r.disturbedRounds() + " disturbed)"),
                    String.format(Locale.ROOT, "%.0f %%", 100 * r.foreignCpu()));
        }
        return table;
    }

    private static TextTable ratios(Report report) {
        TextTable table =
                new TextTable(
                        "mechanism",
                        "ratio",
                        "placement",
                        ">bytes",
                        "measure",
                        ">median",
                        "95 % interval",
                        "target",
                        "verdict");
        for (Ratio r : report.ratios()) {
            table.row(
                    r.mechanism(),
                    r.of() + " / " + r.to(),
                    r.placement().toString(),
                    String.valueOf(r.size()),
                    r.measure().toString(),
                    String.format(Locale.ROOT, "%.3f", r.median()),
                    String.format(Locale.ROOT, "%.3f to %.3f", r.low(), r.high()),
                    target(r),
                    r.verdict() == Verdict.NONE ? "" : r.verdict().toString());
        }
        return table;
    }

    private static String target(Ratio ratio) {
        Double target = ratio.target();
        if (target == null) {
            return "";
        }
        return (switch (ratio.measure()) {
                    case ROUND_TRIP -> "<= ";
                    case THROUGHPUT -> ">= ";
                })
                + String.format(Locale.ROOT, "%.2f", target);
    }

    private static TextTable leftOut(Report report) {
        TextTable table = new TextTable("left out", "contender", "placement", ">bytes", "because");
        for (LeftOut l : report.leftOut()) {
            boolean exchange = l.mechanism() != null;
            table.row(
                    l.what(),
                    orAll(l.contender()),
                    exchange ? orAll(l.placement()) : "",
                    exchange ? orAll(l.size()) : "",
                    l.reason());
        }
        return table;
    }

    private static String orAll(@Nullable Object value) {
        return value == null ? "all" : value.toString();
    }

    private static String number(String format, @Nullable Double value, double unit) {
        return value == null ? "" : String.format(Locale.ROOT, format, value / unit);
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1000.0);
    }
}
