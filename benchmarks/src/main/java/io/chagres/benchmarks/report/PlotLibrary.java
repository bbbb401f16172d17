// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import java.util.Optional;
import java.util.Properties;

/**
 * Apache ECharts, as it lies on the class path. Its plots are SVG, which stays sharp on paper, and
 * the smaller of its builds has all that is used here.
 *
 * @param version of the library
 * @param script what defines it; it begins with its licence
 */
record PlotLibrary(String version, String script) {

    private static final String PROPERTIES = "META-INF/maven/org.webjars/echarts/pom.properties";
    private static final String FOLDER = "META-INF/resources/webjars/echarts/";
    private static final String SCRIPT = "/echarts.common.min.js";

    /** What this loader has of it. */
    static Optional<PlotLibrary> find(ClassLoader loader) {
        return Resources.text(loader, PROPERTIES)
                .map(Resources::properties)
                .flatMap(PlotLibrary::version)
                .flatMap(version -> read(loader, version));
    }

    private static Optional<String> version(Properties properties) {
        return Optional.ofNullable(properties.getProperty("version"));
    }

    private static Optional<PlotLibrary> read(ClassLoader loader, String version) {
        return Resources.text(loader, FOLDER + version + SCRIPT)
                .map(script -> new PlotLibrary(version, script));
    }

    /** Who made it, and under which licence. */
    String credit() {
        return "The plots are drawn by Apache ECharts "
                + version
                + ", which is part of this page; Apache License 2.0.";
    }
}
