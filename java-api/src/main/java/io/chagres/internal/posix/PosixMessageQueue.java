// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.OpenMode;
import io.chagres.event.Poller;
import io.chagres.event.Readiness;
import io.chagres.internal.Deadline;
import io.chagres.internal.MessageDetails;
import io.chagres.internal.Scratch;
import io.chagres.posix.Errno;
import io.chagres.posix.MqAttr;
import io.chagres.posix.Mqueue;
import io.chagres.posix.Syscalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An open message queue: its descriptor, its blocking calls and its end. Thread-safe. */
public final class PosixMessageQueue {

    private static final String PROBE_NAME = "/chagres-probe";
    private static final String SEND = "mq_send";
    private static final String RECEIVE = "mq_receive";

    private final Descriptor descriptor;
    private final OpenMode mode;
    private final int depth;
    private final int messageSize;

    PosixMessageQueue(Descriptor descriptor, OpenMode mode, int depth, int messageSize) {
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
        return descriptor.name();
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
        descriptor.enter("mq_getattr");
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment attributes = arguments.attributes();
            int result = Mqueue.mq_getattr(descriptor.fd(), attributes);
            if (result < 0) {
                throw descriptor.failure("mq_getattr", result);
            }
            return (int) MqAttr.mq_curmsgs(attributes);
        } finally {
            arguments.giveBack();
            descriptor.leave();
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
        BlockingCall call = BlockingCall.enter(descriptor, SEND, BlockingCall.WRITE, deadline);
        try {
            int fd = descriptor.fd();
            long result;
            do {
                result =
                        Syscalls.mq_timedsend(
                                call.state(), fd, message, length, priority, until(call));
            } while (result < 0 && call.again(result));
            return result == 0;
        } finally {
            call.leave();
        }
    }

    private int receiveNative(MemorySegment buffer, @Nullable MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, RECEIVE, BlockingCall.READ, deadline);
        try {
            int fd = descriptor.fd();
            MemorySegment priority = call.arguments().word();
            long wanted = info == null ? 0 : priority.address();
            long size = buffer.byteSize();
            long result;
            do {
                result =
                        Syscalls.mq_timedreceive(
                                call.state(), fd, buffer, size, wanted, until(call));
            } while (result < 0 && call.again(result));
            if (result < 0) {
                return (int) call.outcome(result);
            }
            if (info != null) {
                MessageDetails details = MessageDetails.cleared(info);
                details.priority = priority.get(ValueLayout.JAVA_INT, 0);
                details.length = result;
            }
            return (int) result;
        } finally {
            call.leave();
        }
    }

    /**
     * The end of a timed call in the system. Waiting is the queue's own, for only who waits there
     * is in the kernel's line; it knows the wall clock alone.
     */
    private static long until(BlockingCall call) {
        if (call.blocksWithoutEnd()) {
            return 0;
        }
        MemorySegment end =
                call.mayBlock() ? call.arguments().realTime(call.deadline()) : CallArguments.PAST;
        return end.address();
    }

    /** Which queue it is. */
    FileId id() throws IpcException {
        descriptor.enter("fstat");
        try {
            return FileId.of(descriptor.fd(), name());
        } finally {
            descriptor.leave();
        }
    }

    /** Watches for messages. */
    public Poller.Registration onMessage(Poller poller, Poller.Callback callback)
            throws IpcException {
        return poller.register(this::borrow, Set.of(Readiness.READABLE), callback);
    }

    /** Lends the descriptor. */
    public BorrowedDescriptor borrow() throws IpcException {
        return descriptor.borrow();
    }

    /** Gives the descriptor away. */
    public int detach() throws IpcException {
        return descriptor.detach();
    }

    /** Idempotent; wakes the callers inside. */
    public void close() throws IpcException {
        descriptor.close();
    }
}
