// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A million times opened and closed (or as often as the property chagres.rounds says): no
 * descriptor, no mapping, no name and no memory stays. In a JVM whose heap has all its memory from
 * the start, so that what grows is something else.
 */
@Tag("stress")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OpenAndCloseStressTest {

    private static final int ROUNDS = Integer.getInteger("chagres.rounds", 1_000_000);
    private static final long ALLOWED_KIB = 20 * 1024;
    private static final List<String> FIXED_HEAP =
            List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch");

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(OpenAndClose.Kind.class)
    void nothingStays(OpenAndClose.Kind kind) throws Exception {
        List<String> command =
                SecondProcess.javaCommand(
                        List.of(),
                        FIXED_HEAP,
                        OpenAndClose.class,
                        kind.name(),
                        TestNames.posix(),
                        folder.toString(),
                        Integer.toString(ROUNDS));
        try (SecondProcess child = SecondProcess.command(command)) {
            String line = child.readLine();
            while (line.startsWith("round")) {
                line = child.readLine();
            }
            System.err.println(kind + ", " + ROUNDS + " times: " + line);
            String[] growth = line.split(" ", -1);
            assertThat(growth).hasSize(3);
            assertThat(Long.parseLong(growth[0])).as("descriptors").isLessThanOrEqualTo(0);
            assertThat(Long.parseLong(growth[1])).as("mappings").isLessThanOrEqualTo(16);
            assertThat(Long.parseLong(growth[2])).as("KiB").isLessThanOrEqualTo(ALLOWED_KIB);
            assertThat(child.exitCode()).isZero();
        }
    }
}
