// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of the guide's page about local sockets do what it says. */
@Tag("native")
@Tag("cross-process")
class LocalSocketsGuideTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private Path folder = Path.of("");

    @BeforeEach
    void make() throws IOException {
        folder = Files.createTempDirectory("run");
    }

    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Upper,HELLO", "Lines,welcome", "Greetings,'hello, world'"})
    void aProgramOfThePagePrints(String name, String text) throws Exception {
        try (SecondProcess program = GuideExample.start(folder, "local-sockets.md", name)) {
            assertThat(program.readLine()).isEqualTo(text);
            assertThat(program.exitCode()).isZero();
        }
    }
}
