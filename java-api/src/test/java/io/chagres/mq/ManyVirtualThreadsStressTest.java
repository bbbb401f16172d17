// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.SecondProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand virtual threads wait at once, on five hundred queues, pipes, FIFOs and semaphores:
 * another one runs all the same, and all are served. In a JVM with an IPC namespace of its own.
 */
@Tag("stress")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ManyVirtualThreadsStressTest {

    @TempDir Path folder;

    @Test
    void twoThousandWaitAndAnotherRuns() throws Exception {
        List<String> jvm =
                SecondProcess.javaCommand(
                        List.of(), List.of(), ManyVirtualThreads.class, folder.toString());
        try (SecondProcess child =
                SecondProcess.command(PrivateIpc.command(jvm, "queues_max=256"))) {
            assertThat(child.readLine()).isEqualTo("waiting 2000 on 500");
            String[] measured = child.readLine().split(" ", -1);
            System.err.println(
                    "a virtual thread beside 2,000 that wait: longest excess "
                            + measured[0]
                            + " ms; OS threads "
                            + measured[1]);
            assertThat(Double.parseDouble(measured[0])).isLessThan(100);
            assertThat(Integer.parseInt(measured[1])).isLessThan(300);
            assertThat(child.readLine()).isEqualTo("served 2000");
            assertThat(child.exitCode()).isZero();
        }
    }
}
