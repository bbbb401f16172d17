// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chapters of the parts that were measured. */
final class PartText {

    private PartText() {}

    static String of(Report report) {
        List<String> chapters = new ArrayList<>();
        if (report.tellsOfExchanges()) {
            chapters.add(exchange(report));
        }
        if (!report.calls().isEmpty()) {
            chapters.add(calls(report));
        }
        if (!report.startUp().isEmpty()) {
            chapters.add(startUp(report));
        }
        return String.join("\n", chapters).stripTrailing();
    }

    private static String exchange(Report report) {
        return Template.read("exchange.md")
                .fill(
                        Map.of(
                                "roundTrips", ResultText.roundTrips(report.results()),
                                "throughput", ResultText.throughput(report.results()),
                                "allocation", AllocationText.of(report.results()),
                                "disturbance", RemarkText.disturbance(report.results())));
    }

    private static String calls(Report report) {
        return Template.read("calls.md")
                .fill(
                        Map.of(
                                "calls", CallText.costs(report.calls()),
                                "targets", CallText.targets(report.callTargets())));
    }

    private static String startUp(Report report) {
        return Template.read("start-up.md")
                .fill(Map.of("startUp", StartUpText.of(report.startUp())));
    }
}
