// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with {@code {{names}}} in it.
 *
 * @param text with the names
 */
record Template(String text) {

    private static final Pattern NAME = Pattern.compile("\\{\\{(\\w+)}}");

    /** The one of that name beside this class. */
    static Template read(String name) {
        return new Template(Resources.text(name));
    }

    /** The text with values for names. What looks like a name within a value is left alone. */
    String fill(Map<String, String> values) {
        return NAME.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(value(values, match.group(1))));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("No value for {{" + name + "}}");
        }
        return value;
    }
}
