// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** Texts of the class path. */
final class Resources {

    private Resources() {}

    /** One that lies beside this class. */
    static String text(String name) {
        String path = Resources.class.getPackageName().replace('.', '/') + '/' + name;
        return text(Resources.class.getClassLoader(), path)
                .orElseThrow(() -> new IllegalStateException("No resource " + path));
    }

    /** One that may be missing. */
    static Optional<String> text(ClassLoader loader, String path) {
        try (InputStream in = loader.getResourceAsStream(path)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file of properties says. */
    static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
