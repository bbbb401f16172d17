// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import io.chagres.benchmarks.results.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run as one page of HTML that needs nothing beside it. */
public final class HtmlReport {

    /** In this order, each uses those before it. */
    private static final List<String> SCRIPTS =
            List.of(
                    "units.js",
                    "model.js",
                    "dom.js",
                    "palette.js",
                    "scale.js",
                    "plots.js",
                    "rows.js",
                    "forest.js",
                    "latency.js",
                    "throughput.js",
                    "tables.js",
                    "calls.js",
                    "startup.js",
                    "summary.js",
                    "filters.js",
                    "page.js");

    private static final List<String> STYLES = List.of("report.css", "print.css");

    private HtmlReport() {}

    /**
     * The page. Without the plotting library on the class path it has all tables and says that the
     * plots are missing.
     */
    public static String of(Report report) {
        return of(report, PlotLibrary.find(HtmlReport.class.getClassLoader()));
    }

    static String of(Report report, Optional<PlotLibrary> library) {
        return Template.read("report.html")
                .fill(
                        Map.of(
                                "style", all(STYLES),
                                "library", library.map(PlotLibrary::script).orElse(""),
                                "credit", library.map(PlotLibrary::credit).orElse(""),
                                "script", all(SCRIPTS),
                                "data", ScriptJson.of(report)));
    }

    private static String all(List<String> names) {
        return names.stream().map(Resources::text).collect(Collectors.joining("\n", "\n", ""));
    }
}
