// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The compiled C to compare with. The build makes it where it can, and tells where by a property.
 */
final class Baselines {

    /** The folder, which the JVMs of JMH are given too. */
    static final String PROPERTY = "chagres.baselines";

    private Baselines() {}

    static Path program() {
        return folder().resolve("calls");
    }

    static Path jni() {
        return folder().resolve("jni").resolve("libcalls.so");
    }

    /** Why a file cannot be used. */
    static Optional<String> whyMissing(Path file) {
        if (System.getProperty(PROPERTY) == null) {
            return Optional.of("the property " + PROPERTY + " does not say where the C is");
        }
        return Files.exists(file)
                ? Optional.empty()
                : Optional.of(file.getFileName() + " was not compiled");
    }

    private static Path folder() {
        return Path.of(System.getProperty(PROPERTY, ""));
    }
}
