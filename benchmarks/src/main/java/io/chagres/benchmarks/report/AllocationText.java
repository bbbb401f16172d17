// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is allocated per operation: a row for each mechanism, a column for each contender. */
final class AllocationText {

    /** What the JVM does besides in the measuring thread is less. */
    private static final double NOTHING = 0.5;

    private AllocationText() {}

    static String of(List<Result> results) {
        Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
        for (Result result : results) {
            Double bytes = result.allocatedBytesPerOperation();
            if (bytes != null) {
                rows.computeIfAbsent(result.mechanism(), mechanism -> new LinkedHashMap<>())
                        .merge(result.contender(), bytes, Math::max);
            }
        }
        return rows.isEmpty() ? "Nothing was measured." : verdict(results) + "\n\n" + table(rows);
    }

    private static String verdict(List<Result> results) {
        List<String> allocating =
                results.stream()
                        .filter(r -> r.contender().equals("chagres") && allocates(r))
                        .map(AllocationText::place)
                        .toList();
        return "Target: nothing is allocated by `chagres`, which is less than "
                + NOTHING
                + " B on average; an object takes at least 16. "
                + (allocating.isEmpty()
                        ? "Met."
                        : "**Missed**: " + String.join("; ", allocating) + ".");
    }

    private static boolean allocates(Result result) {
        Double bytes = result.allocatedBytesPerOperation();
        return bytes != null && bytes >= NOTHING;
    }

    private static String place(Result result) {
        return result.mechanism()
                + ", "
                + result.placement().title()
                + ", "
                + Units.bytes(result.size());
    }

    private static String table(Map<String, Map<String, Double>> rows) {
        List<String> contenders =
                rows.values().stream().flatMap(row -> row.keySet().stream()).distinct().toList();
        List<String> titles = new ArrayList<>(List.of("mechanism"));
        contenders.forEach(contender -> titles.add(">" + contender));
        MarkdownTable table = new MarkdownTable(titles);
        rows.forEach((mechanism, row) -> table.row(line(mechanism, contenders, row)));
        return table.toString();
    }

    private static List<String> line(
            String mechanism, List<String> contenders, Map<String, Double> row) {
        List<String> line = new ArrayList<>(List.of(mechanism));
        for (String contender : contenders) {
            Double bytes = row.get(contender);
            line.add(bytes == null ? "" : Units.bytes(bytes));
        }
        return line;
    }
}
