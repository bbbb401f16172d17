// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.TimedOutException;
import io.chagres.internal.PipeBackend;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates, opens and removes FIFOs. Nothing follows a link in the last part of a path, and nothing
 * but a FIFO is opened: what a path means is looked at first, and then that is opened and not what
 * the path means by then.
 */
public final class Fifos {

    private static final String CREATE = "mkfifo";
    private static final String OPEN = "open";
    private static final String UNLINK = "unlink";

    private static final UnlinkOnExit.Names NAMES =
            new UnlinkOnExit.Names() {
                @Override
                public FileId find(String name) throws IpcException {
                    try (Arena arena = Arena.ofConfined()) {
                        return FileId.of(stat(UNLINK, name, arena));
                    }
                }

                @Override
                public void unlink(String name) throws IpcException {
                    Fifos.unlink(name);
                }
            };

    private Fifos() {}

    /** Why FIFOs do not work here, found by making one among the temporary files. */
    static Optional<String> whyUnsupported() {
        Path probe =
                Path.of(System.getProperty("java.io.tmpdir"), "chagres-probe-" + UUID.randomUUID());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(probe.toString());
            int result = Stat.mkfifoat(Fcntl.AT_FDCWD, path, Stat.S_IRUSR);
            if (result == 0) {
                Unistd.unlink(path);
            }
            return result == -Errno.ENOSYS || result == -Errno.EPERM
                    ? Optional.of(PosixErrors.reason(CREATE, result))
                    : Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Creates one that must not exist. */
    public static void create(Path path, int permissions, boolean unlinkOnExit)
            throws IpcException {
        String name = check(path);
        int result = create(name, permissions, unlinkOnExit);
        if (result < 0) {
            throw PosixErrors.exception(CREATE, name, result);
        }
    }

    /**
     * Creates one unless it exists; it repeats only while others create and remove it.
     *
     * @return whether it was created
     */
    public static boolean createIfAbsent(Path path, int permissions, boolean unlinkOnExit)
            throws IpcException {
        String name = check(path);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            while (true) {
                int result = create(name, permissions, unlinkOnExit);
                if (result == 0) {
                    return true;
                }
                if (result != -Errno.EEXIST) {
                    throw PosixErrors.exception(CREATE, name, result);
                }
                result = stat(name, stat, arena);
                if (result == 0) {
                    FileKind.requireFifo(CREATE, name, Stat.st_mode(stat));
                    return false;
                }
                if (result != -Errno.ENOENT) {
                    throw PosixErrors.exception(CREATE, name, result);
                }
            }
        }
    }

    /** Opens the end that is read, when a writer has opened the other. */
    public static PipeBackend.Source openSource(Path path, long deadline)
            throws IpcException, InterruptedException {
        String name = check(path);
        return PosixPipes.source(name, open(name, Fcntl.O_RDONLY, "writer", deadline));
    }

    /** Opens the end that is written, when a reader has opened the other. */
    public static PipeBackend.Sink openSink(Path path, long deadline)
            throws IpcException, InterruptedException {
        String name = check(path);
        return PosixPipes.sink(name, open(name, Fcntl.O_WRONLY, "reader", deadline));
    }

    /** Removes the name of one. */
    public static void unlink(Path path) throws IpcException {
        String name = check(path);
        List<UnlinkOnExit.Entry> removed = UnlinkOnExit.of(NAMES, absolute(name));
        unlink(name);
        UnlinkOnExit.forget(removed);
    }

    private static void unlink(String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            FileKind.requireFifo(UNLINK, name, Stat.st_mode(stat(UNLINK, name, arena)));
            int result = Unistd.unlink(arena.allocateFrom(name));
            if (result < 0) {
                throw PosixErrors.exception(UNLINK, name, result);
            }
        }
    }

    private static String check(Path path) {
        PosixSupport.require(Mechanism.FIFO);
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(path + " is not a path of the operating system");
        }
        return path.toString();
    }

    private static String absolute(String name) {
        return Path.of(name).toAbsolutePath().toString();
    }

    private static MemorySegment stat(String operation, String name, Arena arena)
            throws IpcException {
        MemorySegment stat = arena.allocate(Stat.LAYOUT);
        int result = stat(name, stat, arena);
        if (result < 0) {
            throw PosixErrors.exception(operation, name, result);
        }
        return stat;
    }

    private static int stat(String name, MemorySegment stat, Arena arena) {
        return Stat.fstatat(
                Fcntl.AT_FDCWD, arena.allocateFrom(name), stat, Fcntl.AT_SYMLINK_NOFOLLOW);
    }

    /** 0, or the negated errno when there is nothing new. */
    private static int create(String name, int permissions, boolean unlinkOnExit)
            throws IpcException {
        if (unlinkOnExit) {
            UnlinkOnExit.prepare();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(name);
            int result = Stat.mkfifoat(Fcntl.AT_FDCWD, path, permissions);
            if (result < 0) {
                return result;
            }
            try {
                complete(name, permissions, unlinkOnExit, arena);
            } catch (IpcException e) {
                Unistd.unlink(path);
                throw e;
            }
            return 0;
        }
    }

    private static void complete(String name, int permissions, boolean unlinkOnExit, Arena arena)
            throws IpcException {
        int fd = openPath(name, arena);
        try {
            FileKind.requireFifo(CREATE, name, Descriptor.fileMode(fd, name));
            Permissions.widen(fd, name, permissions);
            if (unlinkOnExit) {
                UnlinkOnExit.add(NAMES, absolute(name), FileId.of(fd, name), fd);
                fd = -1;
            }
        } finally {
            if (fd >= 0) {
                Unistd.close(fd);
            }
        }
    }

    private static int openPath(String name, Arena arena) throws IpcException {
        int flags = Fcntl.O_PATH | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
        int fd = Fcntl.open(arena.allocateFrom(name), flags, 0);
        if (fd < 0) {
            throw PosixErrors.exception(OPEN, name, fd);
        }
        return fd;
    }

    private static int open(String name, int access, String peer, long deadline)
            throws IpcException, InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            int path = openPath(name, arena);
            try {
                FileKind.requireFifo(OPEN, name, Descriptor.fileMode(path, name));
                FifoOpening opening = new FifoOpening(name, path);
                try {
                    int fd = opening.open(access, deadline);
                    if (fd < 0) {
                        throw new TimedOutException(OPEN, name, "no " + peer + " has come");
                    }
                    return fd;
                } finally {
                    opening.close();
                }
            } finally {
                Unistd.close(path);
            }
        }
    }
}
