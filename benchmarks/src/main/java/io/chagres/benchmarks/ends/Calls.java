// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import java.io.IOException;
import java.lang.foreign.Arena;

/** What ends over the call layer have in common. */
final class Calls {

    private static final int OWNER_ONLY = 0600;

    private Calls() {}

    /**
     * Throws if a call has failed.
     *
     * @param what for the message
     * @param result of the call
     */
    static int check(String what, long result) throws IOException {
        return (int) address(what, result);
    }

    /** The same for a call whose result is an address. */
    static long address(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + Errno.name((int) -result));
        }
        return result;
    }

    static int open(String path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return check(
                    path,
                    Fcntl.open(arena.allocateFrom(path), flags | Fcntl.O_CLOEXEC, OWNER_ONLY));
        }
    }

    /** Where another process of this user finds a descriptor of this one. */
    static String link(int fd) {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
    }
}
