// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** A descriptor that is both a reader and a writer, so that nobody has to wait for one. */
final class OpenFifo {

    private final int fd;

    private OpenFifo(int fd) {
        this.fd = fd;
    }

    static OpenFifo of(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            int flags = Fcntl.O_RDWR | Fcntl.O_CLOEXEC;
            return new OpenFifo(
                    Results.check(Fcntl.open(arena.allocateFrom(path.toString()), flags, 0)));
        }
    }

    void close() {
        Unistd.close(fd);
    }
}
