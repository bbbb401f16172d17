// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown. */
final class MarkdownTable {

    private final List<String> lines = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param titles of the columns; one that begins with {@code >} is aligned to the right
     */
    MarkdownTable(List<String> titles) {
        lines.add(line(titles.stream().map(MarkdownTable::title).toList()));
        lines.add(
                titles.stream()
                        .map(title -> title.startsWith(">") ? "---:" : "---")
                        .collect(Collectors.joining("|", "|", "|")));
    }

    MarkdownTable(String... titles) {
        this(List.of(titles));
    }

    void row(List<String> cells) {
        lines.add(line(cells.stream().map(MarkdownTable::text).toList()));
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    /** Any text as Markdown that shows it on one line. */
    static String text(String any) {
        return any.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
                .strip()
                .replaceAll("[\\\\`*_|\\[\\]~]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;");
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    private static String title(String title) {
        return text(title.startsWith(">") ? title.substring(1) : title);
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
