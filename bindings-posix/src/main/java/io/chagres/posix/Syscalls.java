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

    private static final long SENDTO = PerArchitecture.SYS_sendto(Platform.architecture());
    private static final long RECVFROM = PerArchitecture.SYS_recvfrom(Platform.architecture());
    private static final long SENDMSG = PerArchitecture.SYS_sendmsg(Platform.architecture());
    private static final long RECVMSG = PerArchitecture.SYS_recvmsg(Platform.architecture());

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

    /**
     * Sends to the peer of a socket. May block.
     *
     * @param state of the calling thread
     * @param fd a socket that is connected
     * @param buffer a native segment of at least {@code count} bytes
     * @param count bytes
     * @param flags {@code MSG_*}
     * @return bytes sent, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
     */
    public static long send(CallState state, int fd, MemorySegment buffer, long count, int flags) {
        return Common.callLong(
                state, HANDLE, SENDTO, fd, buffer.address(), count, flags, 0, buffer);
    }

    /**
     * Receives from a socket. May block.
     *
     * @param state of the calling thread
     * @param fd a socket
     * @param buffer a native segment of at least {@code count} bytes
     * @param count bytes
     * @param flags {@code MSG_*}
     * @return bytes received, 0 at the end, or the negated errno; with {@code MSG_TRUNC} the real
     *     length of a message, which may be more than {@code count}
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
     */
    public static long recv(CallState state, int fd, MemorySegment buffer, long count, int flags) {
        return Common.callLong(
                state, HANDLE, RECVFROM, fd, buffer.address(), count, flags, 0, buffer);
    }

    /**
     * Sends a message with all that can go with it. May block.
     *
     * @param state of the calling thread
     * @param fd a socket
     * @param message a {@link Msghdr}, of memory that the caller keeps alive
     * @param flags {@code MSG_*}
     * @param kept the segment that the message's bytes lie in, whose arena cannot be closed
     *     meanwhile
     * @return bytes sent, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendmsg(2)</a>
     */
    public static long sendmsg(
            CallState state, int fd, MemorySegment message, int flags, MemorySegment kept) {
        return Common.callLong(state, HANDLE, SENDMSG, fd, message.address(), flags, 0, 0, kept);
    }

    /**
     * Receives a message with all that comes with it. May block.
     *
     * @param state of the calling thread
     * @param fd a socket
     * @param message a {@link Msghdr}, of memory that the caller keeps alive
     * @param flags {@code MSG_*}
     * @param kept the segment that the message's bytes go to, whose arena cannot be closed
     *     meanwhile
     * @return bytes received, 0 at the end, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
     */
    public static long recvmsg(
            CallState state, int fd, MemorySegment message, int flags, MemorySegment kept) {
        return Common.callLong(state, HANDLE, RECVMSG, fd, message.address(), flags, 0, 0, kept);
    }
}
