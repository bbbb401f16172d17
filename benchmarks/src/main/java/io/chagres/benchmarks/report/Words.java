// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Verdict;
import java.util.List;

/** How things are called in the document. */
final class Words {

    /** What needs attention comes first. */
    static final List<Verdict> WORST_FIRST =
            List.of(Verdict.MISSED, Verdict.UNDECIDED, Verdict.MET);

    private Words() {}

    static String plural(long count, String one, String many) {
        return Units.count(count) + " " + (count == 1 ? one : many);
    }

    static String of(Measure measure) {
        return switch (measure) {
            case ROUND_TRIP -> "round trip";
            case THROUGHPUT -> "throughput";
        };
    }

    static String of(Verdict verdict) {
        return switch (verdict) {
            case MET -> "met";
            case MISSED -> "missed";
            case UNDECIDED -> "undecided";
            case NONE -> "no target";
        };
    }

    /** A bound as the data has it, in better letters. */
    static String bound(String text) {
        return text.replace("<=", "≤");
    }

    /** With a capital letter, for a heading. */
    static String heading(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
