// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Access;
import io.chagres.posix.Stat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of /dev/shm: shared memory objects, and semaphores under names of their own kind. */
final class ShmDirectory {

    private static final int PERMISSION_BITS = 0777;

    private ShmDirectory() {}

    /**
     * A regular file there.
     *
     * @param name without the directory
     * @param owner by name
     * @param access who may open it
     * @param size in bytes
     */
    record Entry(String name, String owner, Access access, long size) {}

    /** All regular files, by name. */
    static List<Entry> list() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(NamelessFile.DIRECTORY))) {
            files = all.sorted().toList();
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            try {
                add(file, entries);
            } catch (NoSuchFileException e) {
                // unlinked since it was listed
            }
        }
        return entries;
    }

    private static void add(Path file, List<Entry> entries) throws IOException {
        Map<String, Object> found =
                Files.readAttributes(file, "unix:mode,owner,size", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) Objects.requireNonNull(found.get("mode"));
        if ((mode & Stat.S_IFMT) == Stat.S_IFREG) {
            entries.add(
                    new Entry(
                            String.valueOf(file.getFileName()),
                            String.valueOf(found.get("owner")),
                            Access.mode(mode & PERMISSION_BITS),
                            (Long) Objects.requireNonNull(found.get("size"))));
        }
    }
}
