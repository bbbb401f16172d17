// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel says of a queue that this process has open, seen past the facade.
 *
 * @param user that owns it
 * @param group that owns it
 * @param permissions as {@code 0640}
 */
record QueueFile(int user, int group, int permissions) {

    static QueueFile ofThisUser(int permissions) {
        return new QueueFile(Unistd.geteuid(), Unistd.getegid(), permissions);
    }

    static QueueFile of(MessageQueue queue) throws IOException {
        return of(queue.name());
    }

    /** Of a queue that has a handle open in this process, whatever that may do. */
    static QueueFile of(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            Stat.fstat(descriptors(name).get(0), stat);
            int permissions = Stat.st_mode(stat) & 0777;
            return new QueueFile(Stat.st_uid(stat), Stat.st_gid(stat), permissions);
        }
    }

    /** Whether no program that this process starts inherits any handle of the queue. */
    static boolean isCloseOnExec(MessageQueue queue) throws IOException {
        return descriptors(queue.name()).stream()
                .allMatch(fd -> Fcntl.fcntl(fd, Fcntl.F_GETFD, 0) == Fcntl.FD_CLOEXEC);
    }

    /** A link of /proc has the queue's name, whether or not the file system is mounted. */
    private static List<Integer> descriptors(String name) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            List<Integer> found =
                    all.filter(link -> target(link).equals(name))
                            .map(link -> Integer.valueOf(link.getFileName().toString()))
                            .toList();
            if (found.isEmpty()) {
                throw new AssertionError("no descriptor of " + name);
            }
            return found;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException e) {
            return ""; // the descriptor of the listing itself
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
