// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.SecondProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of the guide's page about local sockets do what it says. */
@Tag("native")
@Tag("cross-process")
class LocalSocketsGuideTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"Upper,HELLO", "Lines,welcome", "Greetings,'hello, world'"})
    void aProgramOfThePagePrints(String name, String text) throws Exception {
        try (SecondProcess program = GuideExample.start(folder, "local-sockets.md", name)) {
            assertThat(program.readLine()).isEqualTo(text);
            assertThat(program.exitCode()).isZero();
        }
    }
}
