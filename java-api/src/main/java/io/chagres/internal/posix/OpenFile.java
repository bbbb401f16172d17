// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.posix.Fcntl;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is open already, once more. */
final class OpenFile {

    private OpenFile() {}

    /** What the kernel calls it, such as {@code anon_inode:[eventfd]}; empty when it does not. */
    static String describe(int fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Opens what a descriptor is open on, whatever has become of its name.
     *
     * @param fd open, also with {@code O_PATH}
     * @param flags of open
     * @return the new descriptor, close-on-exec, or the negated errno
     */
    static int again(int fd, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return Fcntl.open(
                    arena.allocateFrom("/proc/self/fd/" + fd),
                    flags | Fcntl.O_CLOEXEC | Fcntl.O_NOCTTY,
                    0);
        }
    }
}
