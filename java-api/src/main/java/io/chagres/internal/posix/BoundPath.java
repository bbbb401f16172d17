// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The path that a socket is bound to, to be removed before it is closed if it still is this
 * socket's: until then its file has a number that is no other's. Thread-safe.
 */
final class BoundPath {

    private static final UnlinkOnExit.Names NAMES =
            new UnlinkOnExit.Names() {
                @Override
                public FileId find(String name) throws IpcException {
                    try (Arena arena = Arena.ofConfined()) {
                        MemorySegment stat = arena.allocate(Stat.LAYOUT);
                        int result = stat(name, stat, arena);
                        if (result < 0) {
                            throw PosixErrors.exception("stat", name, result);
                        }
                        return FileId.of(stat);
                    }
                }

                @Override
                public void unlink(String name) throws IpcException {
                    try (Arena arena = Arena.ofConfined()) {
                        int result = Unistd.unlink(arena.allocateFrom(name));
                        if (result < 0 && result != -Errno.ENOENT) {
                            throw PosixErrors.exception("unlink", name, result);
                        }
                    }
                }
            };

    private final UnlinkOnExit.Entry entry;
    private final boolean onClose;
    private final boolean onExit;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param path as it was given: a JVM does not change its directory
     * @param id of the file, which nobody else has while the socket is open
     * @param onClose whether to remove it when the socket is closed
     * @param onExit whether to remove it when the JVM ends with the socket open
     */
    BoundPath(String path, FileId id, boolean onClose, boolean onExit) {
        entry = new UnlinkOnExit.Entry(NAMES, path, id, UnlinkOnExit.NONE);
        this.onClose = onClose;
        this.onExit = onExit;
        if (onExit) {
            UnlinkOnExit.add(entry);
        }
    }

    static int stat(String path, MemorySegment stat, Arena arena) {
        return Stat.fstatat(
                Fcntl.AT_FDCWD, arena.allocateFrom(path), stat, Fcntl.AT_SYMLINK_NOFOLLOW);
    }

    /** Of a socket that is closed. Idempotent. */
    void end() {
        if (onClose) {
            removeIfOurs();
        } else {
            forget();
        }
    }

    /** Removes it, unless it means something else by now. Idempotent. */
    void removeIfOurs() {
        if (over.compareAndSet(false, true)) {
            entry.unlinkIfSame();
            letGo();
        }
    }

    /** Leaves it. Idempotent. */
    void forget() {
        if (over.compareAndSet(false, true)) {
            letGo();
        }
    }

    private void letGo() {
        if (onExit) {
            UnlinkOnExit.forget(List.of(entry));
        }
    }
}
