// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.util.List;

/** How the JVMs of the ends are started, all alike. */
final class JavaOptions {

    /** The packages that Chronicle Queue and Agrona reach into, as their documents ask for it. */
    static final List<String> ALL =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED");

    private JavaOptions() {}
}
