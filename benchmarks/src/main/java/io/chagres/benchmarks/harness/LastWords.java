// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Why a process has failed: what it said last, but for where in its code that was. */
public final class LastWords {

    private LastWords() {}

    /**
     * From its standard error.
     *
     * @param errors the file with that
     * @param otherwise if there is nothing
     */
    public static String of(Path errors, String otherwise) throws IOException {
        try (Stream<String> lines = Files.lines(errors)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("\t"))
                    .reduce((first, second) -> second)
                    .map(line -> line.replaceFirst("^Exception in thread \"[^\"]*\" ", ""))
                    .orElse(otherwise);
        }
    }
}
