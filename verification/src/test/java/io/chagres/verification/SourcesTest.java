// SPDX-License-Identifier: Apache-2.0
package io.chagres.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules that only the sources show. */
@Tag("unit")
class SourcesTest {

    private static final Path ROOT = Path.of(System.getProperty("chagres.root"));

    @Test
    void oneClassAloneReadsThePropertiesOfTheSystem() throws IOException {
        assertThat(mainSourcesWith("\"os.")).containsExactly("Platform.java");
    }

    @Test
    void generatedPackagesAreExportedToNobody() throws IOException {
        for (String module : List.of("bindings-posix", "bindings-windows")) {
            String info =
                    Files.readString(ROOT.resolve(module + "/src/main/java/module-info.java"));
            assertThat(info).doesNotContain(".gen");
        }
    }

    private static List<String> mainSourcesWith(String text) throws IOException {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(p -> p.toString().matches(".*/src/main/java/.*\\.java"))
                    .filter(p -> read(p).contains(text))
                    .map(p -> p.getFileName().toString())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
