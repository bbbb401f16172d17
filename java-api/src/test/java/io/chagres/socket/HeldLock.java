// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.posix.Fcntl;
import io.chagres.posix.Flock;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A lock file as one holds it who takes a path over, and has been stopped amid that. */
final class HeldLock implements AutoCloseable {

    private final int fd;

    private HeldLock(int fd) {
        this.fd = fd;
    }

    static HeldLock of(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            int flags = Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_CLOEXEC;
            int fd = Fcntl.open(arena.allocateFrom(file.toString()), flags, 0600);
            MemorySegment flock = arena.allocate(Flock.LAYOUT);
            Flock.set(flock, Fcntl.F_WRLCK, 0, 0);
            assertThat(Fcntl.fcntl(fd, Fcntl.F_OFD_SETLK, flock)).isZero();
            return new HeldLock(fd);
        }
    }

    /** The lock ends as with its process, and the file stays. */
    @Override
    public void close() {
        Unistd.close(fd);
    }
}
