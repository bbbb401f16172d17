// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A moment in which the system has no room for one more thread breaks nothing for later. */
@Tag("native")
@Tag("cross-process")
class ThreadShortageTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    @Test
    void everyWaitFailsWithTheLimitAndWorksAfterwards() throws Exception {
        Assumptions.assumeTrue(
                Unprivileged.isRoot(), "another user's threads are to be counted alone");
        try (Unprivileged unprivileged = Unprivileged.create()) {
            List<String> command =
                    new ArrayList<>(
                            unprivileged.javaCommand(ThreadShortage.class, TestNames.posix()));
            int java = command.indexOf("--clear-groups") + 1;
            command.addAll(java, List.of("prlimit", "--nproc=70"));
            command.addAll(
                    command.indexOf("-XX:+UseSerialGC"),
                    List.of(
                            "-Xlog:disable",
                            "-Djdk.virtualThreadScheduler.parallelism=1",
                            "-Djdk.virtualThreadScheduler.maxPoolSize=1"));
            try (SecondProcess child = SecondProcess.command(command)) {
                for (String waiter : List.of("platform", "virtual", "semaphore")) {
                    assertThat(child.readLine())
                            .startsWith(waiter + ": LimitExceededException RLIMIT_NPROC");
                }
                assertThat(child.readLine()).isEqualTo("afterwards: 5 5 true");
                assertThat(child.readLine()).isEqualTo("left behind: 0");
                assertThat(child.exitCode()).isZero();
            }
        }
    }
}
