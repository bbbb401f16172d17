// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.InterruptedCallException;
import io.chagres.IpcException;
import io.chagres.TimedOutException;
import io.chagres.internal.Deadline;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Flock;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A file that exists to be locked, for as long as something beside it is changed. The kernel holds
 * the lock for the open file, so it ends with its process, however that ends. Whoever has it
 * removes the file at the end; so who gets a lock looks whether the file still has its name.
 */
final class LockFile implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final int OWNER_ONLY = 0600;

    private final String path;
    private final int fd;

    private LockFile(String path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /** Why a lock may not be wanted any more. */
    interface Reason {
        /** Throws when there is one. */
        void check() throws IpcException;
    }

    /**
     * Locks it, and waits while another process has it.
     *
     * @param reason is looked at before each try, so that of many who wait for the same not all
     *     need the lock to see that one of them has it
     * @throws TimedOutException when that is too long
     */
    static LockFile acquire(String path, Duration timeout, Reason reason) throws IpcException {
        long deadline = Deadline.after(timeout);
        Backoff backoff = new Backoff();
        while (true) {
            reason.check();
            LockFile locked = tryAcquire(path);
            if (locked != null) {
                return locked;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedCallException(LOCK, path);
            }
            if (Deadline.remainingNanos(deadline) <= 0) {
                throw new TimedOutException(LOCK, path, "another process holds the lock");
            }
            backoff.pause(deadline);
        }
    }

    private static @Nullable LockFile tryAcquire(String path) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            int flags = Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_NOFOLLOW | Fcntl.O_CLOEXEC;
            flags |= Fcntl.O_NONBLOCK | Fcntl.O_NOCTTY; // should it be something else
            int fd = Fcntl.open(arena.allocateFrom(path), flags, OWNER_ONLY);
            if (fd < 0) {
                throw fd == -Errno.EACCES ? notOurs(path) : FileKind.openFailure("open", path, fd);
            }
            boolean acquired = false;
            try {
                acquired = lock(path, fd, arena) && isNamed(path, fd, arena);
                return acquired ? new LockFile(path, fd) : null;
            } finally {
                if (!acquired) {
                    Unistd.close(fd);
                }
            }
        }
    }

    private static AccessDeniedException notOurs(String path) {
        return new AccessDeniedException(
                "open",
                path,
                Errno.EACCES,
                Errno.name(Errno.EACCES),
                Errno.text(Errno.EACCES)
                        + "; this is the lock file of a takeover by another user: it may be removed"
                        + " when no process has it open");
    }

    private static boolean lock(String path, int fd, Arena arena) throws IpcException {
        int mode = Descriptor.fileMode(fd, path);
        if ((mode & Stat.S_IFMT) != Stat.S_IFREG) {
            throw new IpcException(
                    LOCK, path, 0, "", "it is " + FileKind.describe(mode) + " and no lock file");
        }
        MemorySegment flock = arena.allocate(Flock.LAYOUT);
        Flock.set(flock, Fcntl.F_WRLCK, 0, 0);
        int result = Fcntl.fcntl(fd, Fcntl.F_OFD_SETLK, flock);
        if (result < 0 && result != -Errno.EAGAIN && result != -Errno.EACCES) {
            throw PosixErrors.exception(LOCK, path, result);
        }
        return result == 0;
    }

    private static boolean isNamed(String path, int fd, Arena arena) throws IpcException {
        MemorySegment stat = arena.allocate(Stat.LAYOUT);
        return BoundPath.stat(path, stat, arena) == 0
                && FileId.of(stat).equals(FileId.of(fd, path));
    }

    /** Ends the lock, and removes the file, unless it has content, which is somebody else's. */
    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            if (Stat.fstat(fd, stat) == 0 && Stat.st_size(stat) == 0) {
                Unistd.unlink(arena.allocateFrom(path));
            }
        } finally {
            Unistd.close(fd);
        }
    }
}
