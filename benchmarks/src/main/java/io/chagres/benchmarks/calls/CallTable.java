// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.util.Locale;

/** A run as text. */
final class CallTable {

    private CallTable() {}

    static void print(CallReport report) {
        System.out.printf("%-40s %-25s %11s %10s %10s%n", "", "", "ns/op", "+-", "B/op");
        for (CallResult r : report.results()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %-25s %11.2f %10.2f %10s%n",
                    r.benchmark(),
                    r.contender(),
                    r.nanosPerOperation(),
                    r.error(),
                    bytes(r.allocatedBytesPerOperation()));
        }
        for (LeftOutCall l : report.leftOut()) {
            System.out.printf(
                    "%-40s %-25s left out: %s%n", l.benchmark(), l.contender(), l.reason());
        }
        System.out.println();
        for (CallVerdict v : CallTargets.judge(report.results())) {
            System.out.printf(
                    "%-72s %-32s %-11s %s%n",
                    v.what(), v.measured(), v.bound(), v.verdict().name().toLowerCase(Locale.ROOT));
        }
    }

    private static String bytes(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
