// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with copies of the project's classes that every user can read, to start a JVM as a user
 * without rights. Where the tests run without rights themselves, that JVM is started as it is.
 */
public final class Unprivileged implements AutoCloseable {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path folder;

    private Unprivileged(Path folder) {
        this.folder = folder;
    }

    /** Copies nothing yet. */
    public static Unprivileged create() throws IOException {
        Path folder = Files.createTempDirectory("chagres-unprivileged");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Unprivileged(folder);
    }

    /**
     * The command line of a JVM without rights.
     *
     * @param main a class of the tests that needs no library but the project's own
     * @param arguments of its main method
     */
    public List<String> javaCommand(Class<?> main, String... arguments) throws IOException {
        List<String> readable = new ArrayList<>();
        for (String entry : SecondProcess.classPath(main)) {
            if (entry.contains("target" + File.separator)) {
                readable.add(copy(Path.of(entry)).toString());
            }
        }
        List<String> prefix =
                ROOT
                        ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                        : List.of();
        return SecondProcess.javaCommand(prefix, List.of(), readable, main, arguments);
    }

    /** Whether the tests themselves run as root, and so have what others must be refused. */
    public static boolean isRoot() {
        return ROOT;
    }

    private Path copy(Path source) throws IOException {
        Path target = folder.resolve(Integer.toString(source.toString().hashCode()));
        if (Files.exists(target) || !Files.exists(source)) {
            return target;
        }
        try (Stream<Path> all = Files.walk(source)) {
            for (Path from : all.toList()) {
                Path to = target.resolve(source.relativize(from).toString());
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
                boolean enter = Files.isDirectory(to);
                Files.setPosixFilePermissions(
                        to, PosixFilePermissions.fromString(enter ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        return target;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            path -> {
                                try {
                                    Files.delete(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
