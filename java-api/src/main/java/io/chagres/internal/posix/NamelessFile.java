// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A file in /dev/shm that gets its name when it is complete. So nobody sees a half-made object, and
 * a process that is killed while it makes one leaves nothing behind: the kernel frees what has no
 * name.
 */
final class NamelessFile implements AutoCloseable {

    static final String DIRECTORY = "/dev/shm";

    /** Until it has its name, and its exact permissions just before. */
    private static final int OWNER_ONLY = 0600;

    private final String name;
    private final int fd;

    private NamelessFile(String name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    /**
     * Makes an empty one, open for reading and writing.
     *
     * @param name of the object that it will be, for errors
     */
    static NamelessFile create(String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            int fd =
                    Fcntl.open(
                            arena.allocateFrom(DIRECTORY),
                            Fcntl.O_TMPFILE | Fcntl.O_RDWR | Fcntl.O_CLOEXEC,
                            OWNER_ONLY);
            if (fd < 0) {
                throw PosixErrors.exception("open", name, fd);
            }
            return new NamelessFile(name, fd);
        }
    }

    int fd() {
        return fd;
    }

    /** Grows it to a size, with memory behind all of it. */
    void allocate(long size) throws IpcException {
        int result = Fcntl.posix_fallocate(fd, 0, size);
        if (result < 0) {
            throw PosixErrors.exception("posix_fallocate", name, result);
        }
    }

    /**
     * Gives it a name that must not exist yet, with exactly these permissions.
     *
     * @return 0, or the negated errno
     */
    int publish(String path, int permissions) throws IpcException {
        int result = Stat.fchmod(fd, permissions);
        if (result < 0) {
            throw PosixErrors.exception("fchmod", name, result);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment self = arena.allocateFrom("/proc/self/fd/" + fd);
            return Unistd.linkat(
                    Fcntl.AT_FDCWD,
                    self,
                    Fcntl.AT_FDCWD,
                    arena.allocateFrom(path),
                    Fcntl.AT_SYMLINK_FOLLOW);
        }
    }

    /** Closes the descriptor; without a name and a mapping that is the end of the file. */
    @Override
    public void close() {
        Unistd.close(fd);
    }
}
