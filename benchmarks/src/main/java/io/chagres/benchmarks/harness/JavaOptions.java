// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.util.List;

/** How the JVMs of the ends are started, all alike. */
final class JavaOptions {

    /**
     * With the packages that Agrona and Chronicle Queue reach into, and without the checks of
     * bounds that one leaves out for speed with Agrona: all as their documents have it.
     */
    static final List<String> ALL =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED",
                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "-Dagrona.disable.bounds.checks=true",
                    "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
                    "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
                    "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED");

    private JavaOptions() {}
}
