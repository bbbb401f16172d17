// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.posix.Fcntl;
import java.lang.foreign.Arena;

/** What is open already, once more. */
final class OpenFile {

    private OpenFile() {}

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
