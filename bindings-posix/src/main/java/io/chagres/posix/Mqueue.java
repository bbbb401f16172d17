// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code mqueue.h}: POSIX message queues.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/mq_overview.7.html">mq_overview(7)</a>
 */
public final class Mqueue {

    private Mqueue() {}

    private static final class MqOpen {
        static final MethodHandle HANDLE = Link.common("mq_open");
    }

    /**
     * Opens or creates a queue. The descriptor is close-on-exec.
     *
     * @param name a C string
     * @param flags {@code O_*}
     * @param mode permissions of a new queue, before the umask
     * @param attributes {@link MqAttr}, or NULL for the defaults
     * @return a queue descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_open.3.html">mq_open(3)</a>
     */
    public static int mq_open(MemorySegment name, int flags, int mode, MemorySegment attributes) {
        return Common.call(
                MqOpen.HANDLE, name.address(), flags, mode, attributes.address(), name, attributes);
    }

    private static final class MqClose {
        static final MethodHandle HANDLE = Link.common("mq_close");
    }

    /**
     * Closes a descriptor; a blocked caller stays blocked.
     *
     * @param mqdes a queue descriptor
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_close.3.html">mq_close(3)</a>
     */
    public static int mq_close(int mqdes) {
        return Common.call(MqClose.HANDLE, mqdes, 0, 0, 0);
    }

    private static final class MqUnlink {
        static final MethodHandle HANDLE = Link.common("mq_unlink");
    }

    /**
     * Removes a name; the queue lives on until its last descriptor is closed.
     *
     * @param name a C string
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_unlink.3.html">mq_unlink(3)</a>
     */
    public static int mq_unlink(MemorySegment name) {
        return Common.call(MqUnlink.HANDLE, name.address(), 0, 0, 0, name);
    }

    private static final class MqSend {
        static final MethodHandle HANDLE = Link.common("mq_send");
    }

    /**
     * Sends a message, blocking while the queue is full unless it is {@code O_NONBLOCK}.
     *
     * @param mqdes a queue descriptor
     * @param message native memory of at least {@code length} bytes
     * @param length bytes
     * @param priority 0 to 32767; higher is received first
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_send.3.html">mq_send(3)</a>
     */
    public static int mq_send(int mqdes, MemorySegment message, long length, int priority) {
        return Common.call(MqSend.HANDLE, mqdes, message.address(), length, priority, message);
    }

    private static final class MqReceive {
        static final MethodHandle HANDLE = Link.common("mq_receive");
    }

    /**
     * Receives the oldest message of the highest priority, blocking while the queue is empty unless
     * it is {@code O_NONBLOCK}.
     *
     * @param mqdes a queue descriptor
     * @param message native memory of at least {@code length} bytes
     * @param length at least the queue's message size
     * @param priority an {@code unsigned int} that is set, or NULL
     * @return the message's length, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_receive.3.html">mq_receive(3)</a>
     */
    public static long mq_receive(
            int mqdes, MemorySegment message, long length, MemorySegment priority) {
        return Common.callLong(
                MqReceive.HANDLE,
                mqdes,
                message.address(),
                length,
                priority.address(),
                0,
                0,
                message,
                priority);
    }

    private static final class MqTimedsend {
        static final MethodHandle HANDLE = Link.common("mq_timedsend");
    }

    /**
     * {@link #mq_send}, failing with {@code ETIMEDOUT} at the deadline.
     *
     * @param mqdes a queue descriptor
     * @param message native memory of at least {@code length} bytes
     * @param length bytes
     * @param priority 0 to 32767; higher is received first
     * @param deadline {@link Timespec} on {@code CLOCK_REALTIME}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_send.3.html">mq_timedsend(3)</a>
     */
    public static int mq_timedsend(
            int mqdes, MemorySegment message, long length, int priority, MemorySegment deadline) {
        return Common.call(
                MqTimedsend.HANDLE,
                mqdes,
                message.address(),
                length,
                priority,
                deadline.address(),
                0,
                message,
                deadline);
    }

    private static final class MqTimedreceive {
        static final MethodHandle HANDLE =
                Link.function("mq_timedreceive", Linux.mq_timedreceive$descriptor());
    }

    /**
     * {@link #mq_receive}, failing with {@code ETIMEDOUT} at the deadline.
     *
     * @param mqdes a queue descriptor
     * @param message native memory of at least {@code length} bytes
     * @param length at least the queue's message size
     * @param priority an {@code unsigned int} that is set, or NULL
     * @param deadline {@link Timespec} on {@code CLOCK_REALTIME}
     * @return the message's length, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_receive.3.html">mq_timedreceive(3)</a>
     */
    public static long mq_timedreceive(
            int mqdes,
            MemorySegment message,
            long length,
            MemorySegment priority,
            MemorySegment deadline) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (long)
                            MqTimedreceive.HANDLE.invokeExact(
                                    state, mqdes, message, length, priority, deadline),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class MqGetattr {
        static final MethodHandle HANDLE = Link.common("mq_getattr");
    }

    /**
     * Gets the attributes. Does not block.
     *
     * @param mqdes a queue descriptor
     * @param attributes {@link MqAttr} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_getattr.3.html">mq_getattr(3)</a>
     */
    public static int mq_getattr(int mqdes, MemorySegment attributes) {
        return Common.call(MqGetattr.HANDLE, mqdes, attributes.address(), 0, 0, attributes);
    }

    private static final class MqSetattr {
        static final MethodHandle HANDLE = Link.common("mq_setattr");
    }

    /**
     * Sets {@code O_NONBLOCK} for everyone who shares the open queue. Does not block.
     *
     * @param mqdes a queue descriptor
     * @param attributes {@link MqAttr}, of which only {@code O_NONBLOCK} in the flags counts
     * @param old {@link MqAttr} that is set, or NULL
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_getattr.3.html">mq_setattr(3)</a>
     */
    public static int mq_setattr(int mqdes, MemorySegment attributes, MemorySegment old) {
        return Common.call(
                MqSetattr.HANDLE, mqdes, attributes.address(), old.address(), 0, attributes, old);
    }

    private static final class MqNotify {
        static final MethodHandle HANDLE = Link.common("mq_notify");
    }

    /**
     * Registers for the next arrival in the empty queue.
     *
     * @param mqdes a queue descriptor
     * @param event {@link Sigevent}, or NULL to remove the own registration
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/mq_notify.3.html">mq_notify(3)</a>
     */
    public static int mq_notify(int mqdes, MemorySegment event) {
        return Common.call(MqNotify.HANDLE, mqdes, event.address(), 0, 0, event);
    }
}
