// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.posix.Platform;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("native")
class IpcTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void whatIsSupportedHasNoReasonWhyNot() {
        for (Mechanism mechanism : Mechanism.values()) {
            assertThat(Ipc.supports(mechanism)).isEqualTo(Ipc.whyUnsupported(mechanism).isEmpty());
        }
        assertThat(Ipc.supports(Mechanism.POSIX_MQ)).isTrue();
    }

    @Test
    void theResultsThatAreNoCountDiffer() {
        assertThat(Set.of(Ipc.EOF, Ipc.TIMED_OUT, Ipc.WOULD_BLOCK)).containsOnly(-1, -2, -3);
    }

    @Test
    void thePlatformIsSystemAndArchitecture() {
        assertThat(Ipc.platform()).isEqualTo(Platform.name()).matches("linux-[a-z0-9_]+");
    }

    @Test
    void everyMechanismHasAnIdOfItsOwn() {
        Set<String> ids =
                Stream.of(Mechanism.values()).map(Mechanism::id).collect(Collectors.toSet());
        assertThat(ids).hasSameSizeAs(Mechanism.values()).contains("posix-mq");
        assertThat(ids).allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    @Tag("cross-process")
    void withoutNativeAccessTheFlagIsNamed() throws Exception {
        List<String> options =
                List.of(
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--illegal-native-access=deny",
                        "--enable-native-access=java.base");
        List<String> command =
                SecondProcess.javaCommand(List.of(), options, AsksWithoutAccess.class);
        command.remove("--enable-native-access=ALL-UNNAMED");
        try (SecondProcess child = SecondProcess.command(command)) {
            assertThat(child.readLine()).endsWith("--enable-native-access=ALL-UNNAMED");
            assertThat(child.exitCode()).isZero();
        }
    }

    /** Prints why it may not even ask. */
    static final class AsksWithoutAccess {
        public static void main(String[] args) {
            try {
                System.out.println(Ipc.supports(Mechanism.POSIX_MQ));
            } catch (IllegalCallerException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
