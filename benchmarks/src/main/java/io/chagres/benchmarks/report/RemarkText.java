// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Placement;
import io.chagres.benchmarks.results.Result;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What must be known about the numbers: who disturbed them, and what is not among them. */
final class RemarkText {

    private static final String ALL = "all";

    private RemarkText() {}

    static String disturbance(List<Result> results) {
        if (results.isEmpty()) {
            return "Nothing was measured.";
        }
        double[] cpu = results.stream().mapToDouble(Result::foreignCpu).sorted().toArray();
        return Units.count(sum(results, Result::disturbedRounds))
                + " of "
                + Words.plural(sum(results, Result::rounds), "round", "rounds")
                + " stayed disturbed by other processes although they were repeated.\n"
                + "Other processes used "
                + Units.share(cpu[cpu.length / 2])
                + " of one CPU in the median, and "
                + Units.share(cpu[cpu.length - 1])
                + " at most.";
    }

    private static long sum(List<Result> results, ToIntFunction<Result> what) {
        return results.stream().mapToInt(what).asLongStream().sum();
    }

    static String leftOut(List<LeftOut> all) {
        if (all.isEmpty()) {
            return "Nothing was left out.";
        }
        MarkdownTable table =
                new MarkdownTable("what", "contender", "placement", ">size", "reason");
        for (LeftOut one : all) {
            boolean exchange = one.mechanism() != null;
            table.row(
                    one.what(),
                    one.contender() == null ? ALL : one.contender(),
                    exchange ? title(one.placement()) : Units.NONE,
                    exchange ? size(one.size()) : Units.NONE,
                    one.reason());
        }
        return table.toString();
    }

    private static String size(@Nullable Integer size) {
        return size == null ? ALL : Units.bytes(size);
    }

    private static String title(@Nullable Placement placement) {
        return placement == null ? ALL : placement.title();
    }
}
