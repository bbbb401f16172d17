// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/uio.h}: reads and writes with several buffers, and with flags.
 *
 * <p>An {@link Iovec} holds plain addresses, so the arena of what they point to could be closed
 * while the kernel works on it. What is passed as {@code kept} cannot: it is one more argument
 * after those that the C function has, which in the calling conventions of all architectures here
 * is the caller's business alone.
 */
public final class Uio {

    /** Fail with {@code EAGAIN} rather than wait. */
    public static final int RWF_NOWAIT = Linux.RWF_NOWAIT();

    private Uio() {}

    private static final class Readv {
        static final MethodHandle HANDLE = Link.function("readv", Linux.readv$descriptor());
    }

    /**
     * Reads into several buffers. May block.
     *
     * @param fd a descriptor
     * @param iov {@link Iovec}s
     * @param iovcnt how many
     * @return bytes read, 0 at the end, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">readv(2)</a>
     */
    public static long readv(int fd, MemorySegment iov, int iovcnt) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((long) Readv.HANDLE.invokeExact(state, fd, iov, iovcnt), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Writev {
        static final MethodHandle HANDLE = Link.function("writev", Linux.writev$descriptor());
    }

    /**
     * Writes from several buffers. May block.
     *
     * @param fd a descriptor
     * @param iov {@link Iovec}s
     * @param iovcnt how many
     * @return bytes written, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">writev(2)</a>
     */
    public static long writev(int fd, MemorySegment iov, int iovcnt) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (long) Writev.HANDLE.invokeExact(state, fd, iov, iovcnt), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Preadv2 {
        static final MethodHandle HANDLE =
                Link.function(
                        "preadv2",
                        Linux.preadv2$descriptor().appendArgumentLayouts(ValueLayout.ADDRESS));
    }

    /**
     * {@link #readv} with flags. Does not block with {@link #RWF_NOWAIT}.
     *
     * @param fd a descriptor
     * @param iov {@link Iovec}s
     * @param iovcnt how many
     * @param offset -1 for the present position, and for what has none
     * @param flags {@link #RWF_NOWAIT}
     * @param kept the native segment that the buffers lie in, whose arena cannot be closed
     *     meanwhile; or {@link MemorySegment#NULL}
     * @return bytes read, 0 at the end, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">preadv2(2)</a>
     */
    public static long preadv2(
            int fd, MemorySegment iov, int iovcnt, long offset, int flags, MemorySegment kept) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (long) Preadv2.HANDLE.invokeExact(state, fd, iov, iovcnt, offset, flags, kept),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Pwritev2 {
        static final MethodHandle HANDLE =
                Link.function(
                        "pwritev2",
                        Linux.pwritev2$descriptor().appendArgumentLayouts(ValueLayout.ADDRESS));
    }

    /**
     * {@link #writev} with flags. Does not block with {@link #RWF_NOWAIT}.
     *
     * @param fd a descriptor
     * @param iov {@link Iovec}s
     * @param iovcnt how many
     * @param offset -1 for the present position, and for what has none
     * @param flags {@link #RWF_NOWAIT}
     * @param kept the native segment that the buffers lie in, whose arena cannot be closed
     *     meanwhile; or {@link MemorySegment#NULL}
     * @return bytes written, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">pwritev2(2)</a>
     */
    public static long pwritev2(
            int fd, MemorySegment iov, int iovcnt, long offset, int flags, MemorySegment kept) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (long) Pwritev2.HANDLE.invokeExact(state, fd, iov, iovcnt, offset, flags, kept),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
