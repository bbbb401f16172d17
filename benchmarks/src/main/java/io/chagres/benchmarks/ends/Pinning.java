// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Two ends in one process have a thread each, which are pinned; two processes are pinned by whoever
 * starts them.
 */
final class Pinning {

    /** {@code DRIVER,ECHO}; absent if they are not pinned. */
    private static final String CPUS = System.getProperty("chagres.bench.cpus", "");

    private Pinning() {}

    static void pinDriver() throws IOException, InterruptedException {
        pin(0);
    }

    static void pinEcho() throws IOException, InterruptedException {
        pin(1);
    }

    private static void pin(int which) throws IOException, InterruptedException {
        if (CPUS.isEmpty()) {
            return;
        }
        String thread = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
        List<String> command =
                List.of("taskset", "--pid", "--cpu-list", CPUS.split(",", -1)[which], thread);
        int exitCode =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        if (exitCode != 0) {
            throw new IOException(String.join(" ", command) + ": exit code " + exitCode);
        }
    }
}
