// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Access;
import io.chagres.IpcException;
import io.chagres.internal.SemaphoreBackend.Found;
import io.chagres.posix.Semaphores;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The semaphores that exist: the C library keeps each in a file of /dev/shm. */
final class SemaphoreDirectory {

    private static final int PERMISSION_BITS = 0777;

    private SemaphoreDirectory() {}

    static List<Found> list() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(NamelessFile.DIRECTORY))) {
            files = all.sorted().toList();
        }
        List<Found> entries = new ArrayList<>();
        for (Path file : files) {
            entry(file).ifPresent(entries::add);
        }
        return entries;
    }

    /** Empty when it is something else, or was unlinked since it was listed. */
    private static Optional<Found> entry(Path file) throws IOException {
        String fileName = String.valueOf(file.getFileName());
        if (!fileName.startsWith(SemaphoreOpener.PREFIX)) {
            return Optional.empty();
        }
        String name = "/" + fileName.substring(SemaphoreOpener.PREFIX.length());
        try {
            Map<String, Object> found =
                    Files.readAttributes(file, "unix:mode,owner,size", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) Objects.requireNonNull(found.get("mode"));
            long size = (Long) Objects.requireNonNull(found.get("size"));
            if ((mode & Stat.S_IFMT) != Stat.S_IFREG || size < Semaphores.SIZE) {
                return Optional.empty();
            }
            String owner = String.valueOf(found.get("owner"));
            Access access = Access.mode(mode & PERMISSION_BITS);
            return Optional.of(new Found(name, owner, access, permits(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt permits(String name) {
        try {
            PosixSemaphore semaphore = SemaphoreOpener.INSTANCE.open(name);
            try {
                return OptionalInt.of(semaphore.value());
            } finally {
                semaphore.close();
            }
        } catch (IpcException e) {
            return OptionalInt.empty(); // not ours to open, or gone
        }
    }
}
