// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import java.util.Locale;
import java.util.stream.Stream;

/** Links to the chapters of a document, in lines that are no longer than its others. */
final class ContentsText {

    private static final String HEADING = "## ";
    private static final String GAP = " ·";
    private static final int WIDTH = 120;

    private ContentsText() {}

    /** Of texts one after the other. */
    static String of(String... texts) {
        StringBuilder text = new StringBuilder();
        Stream.of(texts)
                .flatMap(String::lines)
                .filter(line -> line.startsWith(HEADING))
                .map(line -> link(line.substring(HEADING.length())))
                .forEach(link -> append(text, link));
        return text.toString();
    }

    private static String link(String title) {
        return "[" + title + "](#" + title.toLowerCase(Locale.ROOT).replace(' ', '-') + ")";
    }

    private static void append(StringBuilder text, String link) {
        if (text.length() > 0) {
            int line = text.length() - text.lastIndexOf("\n") - 1;
            boolean fits = line + GAP.length() + 1 + link.length() + GAP.length() <= WIDTH;
            text.append(GAP).append(fits ? " " : "\n");
        }
        text.append(link);
    }
}
