// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.cli.TextTable;
import java.util.List;
import java.util.Locale;

/** The report for people. */
final class CheckTable {

    private CheckTable() {}

    static String of(List<CheckResult> results) {
        TextTable table =
                new TextTable(
                        "mechanism",
                        "peer",
                        "status",
                        ">messages",
                        ">p50 us",
                        ">p99 us",
                        ">messages/s",
                        "note");
        for (CheckResult r : results) {
            CheckResult.RoundTrip times = r.roundTrip();
            table.row(
                    r.mechanism(),
                    r.peer(),
                    r.status().name().toLowerCase(Locale.ROOT),
                    grouped(r.messages()),
                    times == null ? "" : micros(times.p50()),
                    times == null ? "" : micros(times.p99()),
                    r.messagesPerSecond() == 0 ? "" : grouped(r.messagesPerSecond()),
                    r.note());
        }
        return table.toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1000.0);
    }
}
