// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The build of another checkout. */
final class OtherBuild {

    private OtherBuild() {}

    /**
     * What {@code ./chagres bench} there has put together.
     *
     * @param checkout its root
     * @throws IOException if it has not been run there
     */
    static String classPath(Path checkout) throws IOException {
        if (checkout.toString().isEmpty()) {
            throw new IOException("--other is empty: it is the root of another checkout");
        }
        Path target = checkout.toAbsolutePath().resolve("benchmarks").resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IOException(
                    "nothing is built in " + checkout + ": run './chagres bench' there first");
        }
        List<Path> jars;
        try (Stream<Path> found = Files.walk(target, 2)) {
            jars = found.filter(p -> p.toString().endsWith(".jar")).toList();
        }
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
