// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.OpenMode;
import io.chagres.internal.Deadline;
import io.chagres.internal.HandleState;
import io.chagres.internal.Scratch;
import io.chagres.posix.Errno;
import io.chagres.posix.MqAttr;
import io.chagres.posix.Mqueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open message queue: its descriptor, its blocking calls and its end. Thread-safe. */
public final class PosixMessageQueue {

    private static final String PROBE_NAME = "/chagres-probe";
    private static final String SEND = "mq_send";
    private static final String RECEIVE = "mq_receive";

    private final String name;
    private final int descriptor;
    private final OpenMode mode;
    private final int depth;
    private final int messageSize;
    private final HandleState state = new HandleState();

    PosixMessageQueue(String name, int descriptor, OpenMode mode, int depth, int messageSize) {
        this.name = name;
        this.descriptor = descriptor;
        this.mode = mode;
        this.depth = depth;
        this.messageSize = messageSize;
    }

    /** Why queues do not work here, found by opening one that does not exist. */
    static Optional<String> whyUnsupported() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment probe = arena.allocateFrom(PROBE_NAME);
            int result = Mqueue.mq_open(probe, 0, 0, MemorySegment.NULL);
            if (result >= 0) {
                Mqueue.mq_close(result); // somebody's queue of that name: they exist
            }
            boolean refused = result == -Errno.ENOSYS || result == -Errno.EPERM;
            return refused
                    ? Optional.of(
                            "mq_open: " + Errno.name(-result) + " (" + Errno.text(-result) + ")")
                    : Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    public String name() {
        return name;
    }

    public OpenMode mode() {
        return mode;
    }

    public int depth() {
        return depth;
    }

    public int messageSize() {
        return messageSize;
    }

    /** Messages in the queue now. */
    public int size() throws IpcException {
        enter("mq_getattr");
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment attributes = arguments.attributes();
            int result = Mqueue.mq_getattr(descriptor, attributes);
            if (result < 0) {
                throw PosixErrors.exception("mq_getattr", name, result);
            }
            return (int) MqAttr.mq_curmsgs(attributes);
        } finally {
            arguments.giveBack();
            leave();
        }
    }

    /**
     * Sends by a deadline.
     *
     * @return false when the queue was still full at the deadline
     */
    public boolean send(MemorySegment message, int priority, long deadline)
            throws IpcException, InterruptedException {
        if (message.isNative()) {
            return sendNative(message, message.byteSize(), priority, deadline);
        }
        try (Scratch scratch = Scratch.of(message.byteSize())) {
            scratch.segment().copyFrom(message);
            return sendNative(scratch.segment(), message.byteSize(), priority, deadline);
        }
    }

    /** {@link #send(MemorySegment, int, long)} without a segment made for each array. */
    public boolean send(byte[] message, int priority, long deadline)
            throws IpcException, InterruptedException {
        try (Scratch scratch = Scratch.of(message.length)) {
            MemorySegment.copy(
                    message, 0, scratch.segment(), ValueLayout.JAVA_BYTE, 0, message.length);
            return sendNative(scratch.segment(), message.length, priority, deadline);
        }
    }

    /**
     * Receives by a deadline.
     *
     * @return the message's length; {@link Ipc#TIMED_OUT}, or {@link Ipc#WOULD_BLOCK} for the
     *     deadline {@link Deadline#NOW}, when the queue was still empty
     */
    public int receive(MemorySegment buffer, @Nullable MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        if (buffer.isNative()) {
            return receiveNative(buffer, info, deadline);
        }
        try (Scratch scratch = Scratch.of(messageSize)) {
            int length = receiveNative(scratch.segment(), info, deadline);
            if (length > 0) {
                MemorySegment.copy(scratch.segment(), 0, buffer, 0, length);
            }
            return length;
        }
    }

    /** {@link #receive(MemorySegment, MessageInfo, long)} without a segment made for each array. */
    public int receive(byte[] buffer, @Nullable MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        try (Scratch scratch = Scratch.of(messageSize)) {
            int length = receiveNative(scratch.segment(), info, deadline);
            if (length > 0) {
                MemorySegment.copy(scratch.segment(), ValueLayout.JAVA_BYTE, 0, buffer, 0, length);
            }
            return length;
        }
    }

    private boolean sendNative(MemorySegment message, long length, int priority, long deadline)
            throws IpcException, InterruptedException {
        checkInterrupt(SEND, deadline);
        enter(SEND);
        CallArguments arguments = CallArguments.borrow();
        try {
            int result;
            do {
                result =
                        deadline == Deadline.NEVER
                                ? Mqueue.mq_send(descriptor, message, length, priority)
                                : Mqueue.mq_timedsend(
                                        descriptor,
                                        message,
                                        length,
                                        priority,
                                        arguments.realTime(deadline));
            } while (result < 0 && shallRetry(SEND, result, deadline));
            return result == 0;
        } finally {
            arguments.giveBack();
            leave();
        }
    }

    private int receiveNative(MemorySegment buffer, @Nullable MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        checkInterrupt(RECEIVE, deadline);
        enter(RECEIVE);
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment priority = arguments.priority();
            long size = buffer.byteSize();
            long result;
            do {
                result =
                        deadline == Deadline.NEVER
                                ? Mqueue.mq_receive(descriptor, buffer, size, priority)
                                : Mqueue.mq_timedreceive(
                                        descriptor,
                                        buffer,
                                        size,
                                        priority,
                                        arguments.realTime(deadline));
            } while (result < 0 && shallRetry(RECEIVE, (int) result, deadline));
            if (result < 0) {
                return deadline == Deadline.NOW ? Ipc.WOULD_BLOCK : Ipc.TIMED_OUT;
            }
            if (info != null) {
                info.priority(priority.get(ValueLayout.JAVA_INT, 0));
            }
            return (int) result;
        } finally {
            arguments.giveBack();
            leave();
        }
    }

    /**
     * What to do after a failed call: again after a signal, and after a slice of a wait; not again
     * at the deadline. The wait is the queue's own, for only who waits there is in the kernel's
     * line.
     */
    private boolean shallRetry(String operation, int result, long deadline)
            throws IpcException, InterruptedException {
        if (result != -Errno.EINTR && result != -Errno.ETIMEDOUT) {
            throw PosixErrors.exception(operation, name, result);
        }
        checkInterrupt(operation, deadline);
        return result == -Errno.EINTR || Deadline.remainingNanos(deadline) > 0;
    }

    /** What may wait can be interrupted; a try cannot. */
    private void checkInterrupt(String operation, long deadline) throws InterruptedException {
        if (deadline != Deadline.NOW && Thread.interrupted()) {
            throw new InterruptedException(operation + " " + name);
        }
    }

    private void enter(String operation) throws ClosedException {
        if (!state.enter()) {
            throw new ClosedException(operation, name);
        }
    }

    private void leave() throws IpcException {
        if (state.leave()) {
            closeDescriptor();
        }
    }

    /** Idempotent. Callers inside finish what they do; the last of them closes the descriptor. */
    public void close() throws IpcException {
        if (state.close()) {
            closeDescriptor();
        }
    }

    private void closeDescriptor() throws IpcException {
        int result = Mqueue.mq_close(descriptor);
        if (result < 0) {
            throw PosixErrors.exception("mq_close", name, result);
        }
    }
}
