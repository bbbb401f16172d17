// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/syscall.h}: system calls without the C library's functions of the same name, which let
 * another thread cancel the caller and pay for that with atomic operations, in a process with
 * threads. They take a {@link CallState} that the caller owns, and so need not look one up.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
 */
public final class Syscalls {

    private static final long READ = PerArchitecture.SYS_read(Platform.architecture());
    private static final long WRITE = PerArchitecture.SYS_write(Platform.architecture());
    private static final long MQ_TIMEDSEND =
            PerArchitecture.SYS_mq_timedsend(Platform.architecture());
    private static final long MQ_TIMEDRECEIVE =
            PerArchitecture.SYS_mq_timedreceive(Platform.architecture());

    private static final MethodHandle HANDLE = Link.common("syscall");

    private Syscalls() {}

    /**
     * Reads. May block.
     *
     * @param state of the calling thread
     * @param fd a descriptor
     * @param buffer a native segment of at least {@code count} bytes
     * @param count bytes
     * @return bytes read, 0 at the end, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
     */
    public static long read(CallState state, int fd, MemorySegment buffer, long count) {
        return Common.callLong(state, HANDLE, READ, fd, buffer.address(), count, 0, 0, buffer);
    }

    /**
     * Writes. May block.
     *
     * @param state of the calling thread
     * @param fd a descriptor
     * @param buffer a native segment of at least {@code count} bytes
     * @param count bytes
     * @return bytes written, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
     */
    public static long write(CallState state, int fd, MemorySegment buffer, long count) {
        return Common.callLong(state, HANDLE, WRITE, fd, buffer.address(), count, 0, 0, buffer);
    }

    /**
     * Sends a message, blocking while the queue is full.
     *
     * @param state of the calling thread
     * @param mqdes a queue descriptor
     * @param message native memory of at least {@code length} bytes
     * @param length bytes
     * @param priority 0 to 32767; higher is received first
     * @param deadline address of a {@link Timespec} on {@code CLOCK_REALTIME}, or 0 for none
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_send.3.html">mq_timedsend(3)</a>
     */
    public static long mq_timedsend(
            CallState state,
            int mqdes,
            MemorySegment message,
            long length,
            int priority,
            long deadline) {
        return Common.callLong(
                state,
                HANDLE,
                MQ_TIMEDSEND,
                mqdes,
                message.address(),
                length,
                priority,
                deadline,
                message);
    }

    /**
     * Receives the oldest message of the highest priority, blocking while there is none.
     *
     * @param state of the calling thread
     * @param mqdes a queue descriptor
     * @param message native memory of at least {@code length} bytes
     * @param length at least the queue's message size
     * @param priority address of an {@code unsigned int} that is set, or 0
     * @param deadline address of a {@link Timespec} on {@code CLOCK_REALTIME}, or 0 for none
     * @return the message's length, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_receive.3.html">mq_timedreceive(3)</a>
     */
    public static long mq_timedreceive(
            CallState state,
            int mqdes,
            MemorySegment message,
            long length,
            long priority,
            long deadline) {
        return Common.callLong(
                state,
                HANDLE,
                MQ_TIMEDRECEIVE,
                mqdes,
                message.address(),
                length,
                priority,
                deadline,
                message);
    }
}
