// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.test.SecondProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program in a page of the guide, compiled and run as it stands there. */
final class GuideExample {

    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    private GuideExample() {}

    /**
     * Starts it in a JVM of its own.
     *
     * @param folder where to put its source, and its short names; of a short path
     * @param page of the guide
     * @param name of the public class
     */
    static SecondProcess start(Path folder, String page, String name, String... arguments)
            throws IOException {
        Path source = folder.resolve(name + ".java");
        Files.writeString(source, find(page, name));
        List<String> command =
                new ArrayList<>(
                        SecondProcess.javaCommand(
                                List.of("env", "XDG_RUNTIME_DIR=" + folder),
                                List.of(),
                                GuideExample.class,
                                arguments));
        command.set(command.indexOf(GuideExample.class.getName()), source.toString());
        return SecondProcess.command(command);
    }

    private static String find(String page, String name) throws IOException {
        Path guide = Path.of(System.getProperty("chagres.root"), "docs", "guide", page);
        Matcher blocks = BLOCK.matcher(Files.readString(guide));
        while (blocks.find()) {
            if (blocks.group(1).contains("public class " + name + " ")) {
                return blocks.group(1);
            }
        }
        throw new AssertionError(page + " has no class " + name);
    }
}
