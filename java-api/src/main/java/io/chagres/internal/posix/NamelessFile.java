// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A file in /dev/shm that gets its name when it is complete. So nobody sees a half-made object, and
 * a process that is killed while it makes one leaves nothing behind: the kernel frees what has no
 * name.
 */
final class NamelessFile implements AutoCloseable {

    static final String DIRECTORY = "/dev/shm";

    /** Until it has its name, and its exact permissions just before. */
    private static final int OWNER_ONLY = 0600;

    private static final int FLAGS = Fcntl.O_TMPFILE | Fcntl.O_RDWR | Fcntl.O_CLOEXEC;

    /** What says that there can be no such files here; anything else may be otherwise next time. */
    private static final Set<Integer> LACKING =
            Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.EISDIR, Errno.EOPNOTSUPP, Errno.ENOSYS);

    private final String name;
    private int fd;

    private NamelessFile(String name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    /** Why there can be no files without a name here, found by making one. */
    static Optional<String> whyUnsupported() {
        try (Arena arena = Arena.ofConfined()) {
            int result = Fcntl.open(arena.allocateFrom(DIRECTORY), FLAGS, OWNER_ONLY);
            if (result >= 0) {
                Unistd.close(result);
                return Optional.empty();
            }
            return LACKING.contains(-result) || result == -Errno.EPERM
                    ? Optional.of(lacking(result))
                    : Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Makes an empty one, open for reading and writing.
     *
     * @param name of the object that it will be, for errors
     */
    static NamelessFile create(String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = Fcntl.open(arena.allocateFrom(DIRECTORY), FLAGS, OWNER_ONLY);
            if (fd >= 0) {
                return new NamelessFile(name, fd);
            }
            if (LACKING.contains(-fd)) {
                throw new IpcException("open", name, -fd, Errno.name(-fd), lacking(fd));
            }
            throw fd == -Errno.ENOSPC
                    ? PosixErrors.limit("open", name, fd, StorageLimits.files())
                    : PosixErrors.exception("open", name, fd);
        }
    }

    int fd() {
        return fd;
    }

    /** Grows it to a size, with memory behind all of it. */
    void allocate(long size) throws IpcException {
        Storage.allocate(fd, name, 0, size);
    }

    /** Grows it to a size, without memory behind it. */
    void extend(long size) throws IpcException {
        Storage.truncate(fd, name, size);
    }

    /**
     * Gives it a name that must not exist yet, with exactly these permissions.
     *
     * @return 0, or the negated errno: -EEXIST when the name exists
     */
    int publish(String path, int permissions) throws IpcException {
        int result = Stat.fchmod(fd, permissions);
        if (result < 0) {
            throw PosixErrors.exception("fchmod", name, result);
        }
        try (Arena arena = Arena.ofConfined()) {
            String self = "/proc/self/fd/" + fd;
            result =
                    Unistd.linkat(
                            Fcntl.AT_FDCWD,
                            arena.allocateFrom(self),
                            Fcntl.AT_FDCWD,
                            arena.allocateFrom(path),
                            Fcntl.AT_SYMLINK_FOLLOW);
        }
        if (result == -Errno.ENOENT && !Files.exists(Path.of("/proc/self/fd"))) {
            throw new IpcException(
                    "linkat",
                    name,
                    Errno.ENOENT,
                    Errno.name(Errno.ENOENT),
                    "a file without a name gets one through /proc, which is not mounted here");
        }
        if (result == -Errno.ENOSPC) {
            throw PosixErrors.limit("linkat", name, result, StorageLimits.files());
        }
        return result;
    }

    /** A second descriptor of it, to read only. */
    int openForReading() throws IpcException {
        int result = Stat.fchmod(fd, OWNER_ONLY); // the umask may have taken all
        if (result < 0) {
            throw PosixErrors.exception("fchmod", name, result);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment self = arena.allocateFrom("/proc/self/fd/" + fd);
            result = Fcntl.open(self, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, 0);
        }
        if (result < 0) {
            throw PosixErrors.exception("open", name, result);
        }
        return result;
    }

    /** Gives the descriptor to the caller; {@link #close} then does nothing. */
    int detach() {
        int given = fd;
        fd = -1;
        return given;
    }

    /** Closes the descriptor; without a name and a mapping that is the end of the file. */
    @Override
    public void close() {
        if (fd >= 0) {
            Unistd.close(detach());
        }
    }

    private static String lacking(int result) {
        return Errno.text(-result)
                + "; "
                + DIRECTORY
                + " must be there, of a file system that makes files without a name (O_TMPFILE),"
                + " such as tmpfs";
    }
}
