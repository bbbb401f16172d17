// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The memory behind shared memory: taken all or not at all. */
final class Storage {

    /** The smallest piece that is allocated at once when signals keep ending larger ones. */
    private static final long SMALLEST_STEP = 1 << 20;

    private Storage() {}

    /**
     * Allocates a range at the end of a file, which grows by it. When that fails, nothing has
     * changed.
     *
     * <p>A signal makes the kernel undo what it has allocated in a call. A sampling profiler sends
     * one every few milliseconds, so the next try is half as long.
     */
    static void allocate(int fd, String name, long from, long to) throws IpcException {
        StorageLimits.requireRoom(fd, name, to - from);
        long step = to - from;
        long at = from;
        while (at < to) {
            int result = Fcntl.posix_fallocate(fd, at, Math.min(step, to - at));
            if (result == -Errno.EINTR) {
                step = Math.max(SMALLEST_STEP, step >>> 1 & -SMALLEST_STEP);
            } else if (result < 0) {
                if (at > from) {
                    Unistd.ftruncate(fd, from); // what earlier steps have got
                }
                throw StorageLimits.failure("posix_fallocate", fd, name, result);
            } else {
                at += step;
            }
        }
    }

    /** Sets the size, without allocating anything. */
    static void truncate(int fd, String name, long size) throws IpcException {
        int result = retried(fd, size);
        if (result < 0) {
            throw StorageLimits.failure("ftruncate", fd, name, result);
        }
    }

    private static int retried(int fd, long size) {
        int result = Unistd.ftruncate(fd, size);
        while (result == -Errno.EINTR) {
            result = Unistd.ftruncate(fd, size);
        }
        return result;
    }

    /** Bytes of an open file. */
    static long size(int fd, String name) throws IpcException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            int result = Stat.fstat(fd, stat);
            if (result < 0) {
                throw PosixErrors.exception("fstat", name, result);
            }
            return Stat.st_size(stat);
        }
    }
}
