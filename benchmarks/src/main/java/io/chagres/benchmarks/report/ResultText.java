// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.Percentiles;
import io.chagres.benchmarks.results.Placement;
import io.chagres.benchmarks.results.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the contenders have shown: a table for each placement, with a column for each size. */
final class ResultText {

    private ResultText() {}

    static String roundTrips(List<Result> results) {
        return tables(
                results, result -> Objects.nonNull(result.roundTripNanos()), ResultText::nanos);
    }

    static String throughput(List<Result> results) {
        return tables(
                results, result -> Objects.nonNull(result.messagesPerSecond()), ResultText::rates);
    }

    private static String nanos(Result result) {
        Percentiles nanos = result.roundTripNanos();
        return nanos == null
                ? Units.NONE
                : Units.time(nanos.p50())
                        + " / "
                        + Units.time(nanos.p99())
                        + " / "
                        + Units.time(nanos.p999());
    }

    private static String rates(Result result) {
        Double messages = result.messagesPerSecond();
        Double bytes = result.bytesPerSecond();
        return (messages == null ? Units.NONE : Units.rate(messages))
                + (bytes == null ? "" : ", " + Units.byteRate(bytes));
    }

    private static String tables(
            List<Result> all, Predicate<Result> measured, Function<Result, String> cell) {
        List<Result> results = all.stream().filter(measured).toList();
        if (results.isEmpty()) {
            return "Nothing was measured.";
        }
        return Stream.of(Placement.values())
                .map(placement -> in(results, placement))
                .filter(here -> !here.isEmpty())
                .map(here -> "### " + title(here) + "\n\n" + table(here, cell))
                .reduce((one, next) -> one + "\n\n" + next)
                .orElse("");
    }

    private static List<Result> in(List<Result> results, Placement placement) {
        return results.stream().filter(result -> result.placement() == placement).toList();
    }

    private static String title(List<Result> here) {
        return Words.heading(here.get(0).placement().title());
    }

    private static String table(List<Result> results, Function<Result, String> cell) {
        List<Integer> sizes = results.stream().map(Result::size).distinct().sorted().toList();
        List<String> titles = new ArrayList<>(List.of("mechanism", "contender"));
        sizes.forEach(size -> titles.add(">" + Units.bytes(size)));
        MarkdownTable table = new MarkdownTable(titles);
        Map<List<String>, Map<Integer, String>> rows = new LinkedHashMap<>();
        for (Result result : results) {
            rows.computeIfAbsent(
                            List.of(result.mechanism(), result.contender()),
                            row -> new LinkedHashMap<>())
                    .put(result.size(), cell.apply(result));
        }
        rows.forEach((row, cells) -> table.row(line(row, sizes, cells)));
        return table.toString();
    }

    private static List<String> line(
            List<String> row, List<Integer> sizes, Map<Integer, String> cells) {
        List<String> line = new ArrayList<>(row);
        sizes.forEach(size -> line.add(cells.getOrDefault(size, Units.NONE)));
        return line;
    }
}
