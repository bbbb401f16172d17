// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.CallCost;
import io.chagres.benchmarks.results.CallTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls and operations cost, and what became of their targets. */
final class CallText {

    private CallText() {}

    static String costs(List<CallCost> calls) {
        MarkdownTable table =
                new MarkdownTable(
                        "what was done", "contender", ">time", ">±", ">allocated", ">rounds");
        for (CallCost call : calls) {
            table.row(
                    call.benchmark(),
                    call.contender(),
                    Units.time(call.nanosPerOperation()),
                    time(call.error()),
                    bytes(call.allocatedBytesPerOperation()),
                    String.valueOf(call.rounds()));
        }
        return table.toString();
    }

    private static String time(@Nullable Double nanos) {
        return nanos == null ? Units.NONE : Units.time(nanos);
    }

    private static String bytes(@Nullable Double count) {
        return count == null ? Units.NONE : Units.bytes(count);
    }

    static String targets(List<CallTarget> targets) {
        if (targets.isEmpty()) {
            return "Nothing that has a target was measured.";
        }
        MarkdownTable table = new MarkdownTable("what", ">measured", ">bound", "verdict");
        Words.WORST_FIRST.stream()
                .flatMap(verdict -> targets.stream().filter(t -> t.verdict() == verdict))
                .forEach(
                        t ->
                                table.row(
                                        t.what(),
                                        t.measured(),
                                        Words.bound(t.bound()),
                                        Words.of(t.verdict())));
        return table.toString();
    }
}
