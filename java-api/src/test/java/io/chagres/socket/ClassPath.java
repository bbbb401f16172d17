// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The classes of a process that will have no descriptor left to load them with. */
final class ClassPath {

    private ClassPath() {}

    /** Loads every class of the project that lies in a folder. */
    static void load() throws Exception {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path folder = Path.of(entry);
            if (Files.isDirectory(folder.resolve("io/chagres"))) {
                try (Stream<Path> all = Files.walk(folder.resolve("io/chagres"))) {
                    for (Path each : all.filter(p -> p.toString().endsWith(".class")).toList()) {
                        load(folder.relativize(each).toString());
                    }
                }
            }
        }
    }

    private static void load(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(name, false, ClassPath.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // a test that needs a library which is not on the path of this process
        }
    }
}
