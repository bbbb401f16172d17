// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.cli.SocketFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the objects of a check are that are files: among the temporary ones. */
final class CheckFiles {

    /** What a path may have so that it is the address of a socket, also with a NUL after it. */
    private static final int MAX_PATH = 107;

    /** What {@link CheckName} and a suffix need of it. */
    private static final int LONGEST_NAME = 48;

    private static final Path FOLDER = folder();

    private CheckFiles() {}

    private static Path folder() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        int length = temporary.toString().getBytes(StandardCharsets.UTF_8).length;
        Path shorter = Path.of("/tmp");
        boolean fits = length + LONGEST_NAME <= MAX_PATH;
        return fits || !Files.isWritable(shorter) ? temporary : shorter;
    }

    /** The path of what a check's name means, to which a suffix is added. */
    static String path(String name) {
        return FOLDER + name;
    }

    /** The names of all that is there and this user's, with their suffixes. */
    static List<String> names() {
        String user = System.getProperty("user.name");
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(p -> p.getFileName().toString().startsWith("chagres-check-"))
                    .filter(p -> isMine(p, user))
                    .map(p -> "/" + p.getFileName())
                    .toList();
        } catch (IOException e) {
            return List.of(); // not to be listed, so nothing to be found
        }
    }

    private static boolean isMine(Path path, String user) {
        try {
            return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName().equals(user);
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    /** Removes a socket, whoever has it open. What is absent or something else stays so. */
    static void removeSocket(Path path) throws IOException {
        if (SocketFile.of(path).isPresent()) {
            Files.deleteIfExists(path);
        }
    }
}
