// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.internal.MessageDetails;
import io.chagres.internal.Scratch;
import io.chagres.posix.Errno;
import io.chagres.posix.Ioctl;
import io.chagres.posix.Poll;
import io.chagres.posix.PollFd;
import io.chagres.posix.Sockets;
import io.chagres.posix.Syscalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What comes in by a socket. What a try needs is borrowed for that try alone: a virtual thread that
 * waits holds no memory. Thread-safe.
 */
final class SocketInput {

    private static final String RECEIVE = "recv";

    private final Descriptor descriptor;
    private final SocketType type;

    /** Whether credentials come with messages. */
    private volatile boolean passesCredentials;

    private volatile boolean isShut;

    SocketInput(Descriptor descriptor, SocketType type) {
        this.descriptor = descriptor;
        this.type = type;
    }

    /** Whether credentials come, which take room of their own. */
    void passesCredentials(boolean passes) {
        passesCredentials = passes;
    }

    /** Nothing more will come. */
    void shut() {
        isShut = true;
    }

    /**
     * Receives bytes of a stream, or a message without what comes with it.
     *
     * @param flags {@code MSG_PEEK}, {@code MSG_TRUNC} or 0
     * @return bytes, of a message with {@code MSG_TRUNC} its length; {@link Ipc#EOF}, {@link
     *     Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     */
    long receive(MemorySegment target, int flags, long deadline)
            throws IpcException, InterruptedException {
        boolean inPieces = type.isStream() && !target.isNative();
        long size = inPieces ? Math.min(target.byteSize(), PipeEnd.PIECE) : target.byteSize();
        BlockingCall call = BlockingCall.enter(descriptor, RECEIVE, BlockingCall.READ, deadline);
        try {
            int how = flags | (call.blocksWithoutEnd() ? 0 : Sockets.MSG_DONTWAIT);
            long result;
            boolean waited = false;
            do {
                result = recv(call, target, size, how);
                if (isEndOfDatagrams(result, waited)) {
                    return Ipc.EOF;
                }
                waited = true;
            } while (result < 0 && call.again(result));
            return result == 0 ? empty(false) : call.outcome(result);
        } finally {
            call.leave();
        }
    }

    private long recv(BlockingCall call, MemorySegment target, long size, int how) {
        if (target.isNative()) {
            return Syscalls.recv(call.state(), descriptor.fd(), target, size, how);
        }
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment block = scratch.segment();
            long result = Syscalls.recv(call.state(), descriptor.fd(), block, size, how);
            if (result > 0) {
                MemorySegment.copy(block, 0, target, 0, Math.min(result, size));
            }
            return result;
        }
    }

    /**
     * Receives a message without what comes with it.
     *
     * @return its length; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException also when it is longer than the target
     */
    long receiveWhole(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        long length = receive(target, Sockets.MSG_TRUNC, deadline);
        if (length > target.byteSize()) {
            throw SocketFailures.truncated(RECEIVE, descriptor.name(), length, target.byteSize());
        }
        return length;
    }

    /**
     * Receives bytes of a stream, or a message, with what comes with it. Whether descriptors were
     * lost is for the caller to see.
     *
     * @param flags {@code MSG_PEEK} or 0
     * @return bytes put into the target; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link
     *     Ipc#WOULD_BLOCK}
     */
    long receive(MemorySegment target, int flags, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, RECEIVE, BlockingCall.READ, deadline);
        try {
            int how = flags | Sockets.MSG_CMSG_CLOEXEC | (type.isStream() ? 0 : Sockets.MSG_TRUNC);
            how |= call.blocksWithoutEnd() ? 0 : Sockets.MSG_DONTWAIT;
            long result;
            boolean waited = false;
            do {
                result = recvmsg(call, target, how, info);
                if (isEndOfDatagrams(result, waited)) {
                    MessageDetails.cleared(info);
                    return Ipc.EOF;
                }
                waited = true;
            } while (result < 0 && call.again(result));
            if (result == 0) {
                MessageDetails details = MessageDetails.of(info);
                return empty(details.hasCredentials || details.hasDescriptors());
            }
            return result < 0 ? call.outcome(result) : Math.min(result, target.byteSize());
        } finally {
            call.leave();
        }
    }

    private long recvmsg(BlockingCall call, MemorySegment target, int how, MessageInfo info)
            throws IpcException {
        if (target.isNative()) {
            return recvmsgNative(call, target, target.byteSize(), how, info);
        }
        long size = target.byteSize();
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment block = scratch.segment();
            long result = recvmsgNative(call, block, size, how, info);
            if (result > 0) {
                MemorySegment.copy(block, 0, target, 0, Math.min(result, size));
            }
            return result;
        }
    }

    private long recvmsgNative(
            BlockingCall call, MemorySegment target, long size, int how, MessageInfo info)
            throws IpcException {
        boolean peek = (how & Sockets.MSG_PEEK) != 0; // whose descriptors would be more
        int wanted = peek ? 0 : MessageDetails.of(info).maxDescriptors();
        try (SocketMessage message = SocketMessage.borrow()) {
            message.buffer(target, size);
            message.receive(wanted, passesCredentials);
            MemorySegment header = message.header();
            long result = Syscalls.recvmsg(call.state(), descriptor.fd(), header, how, target);
            if (result >= 0) {
                MessageDetails details = MessageDetails.cleared(info);
                message.received(details);
                details.descriptorsLost &= !peek; // which leaves them there
                details.length = result;
            }
            return result;
        }
    }

    /**
     * Misses descriptors of a message.
     *
     * @param count what its receive has returned
     * @throws IpcException when some were lost that the info is for; all are closed then
     */
    void requireAllDescriptors(long count, MessageInfo info) throws IpcException {
        MessageDetails details = MessageDetails.of(info);
        int wanted = details.maxDescriptors();
        if (count < 0 || !details.descriptorsLost || wanted == 0) {
            return;
        }
        boolean room = details.descriptors.size() < wanted;
        details.closeDescriptors();
        if (room) {
            throw PosixErrors.exception(RECEIVE, descriptor.name(), -Errno.EMFILE);
        }
        throw new IpcException(
                RECEIVE,
                descriptor.name(),
                0,
                "",
                "the message has more than the "
                        + wanted
                        + " descriptors asked for; all are closed");
    }

    /**
     * A message without bytes, or the end, which the system does not tell apart for all sockets.
     */
    long empty(boolean isMessage) {
        if (type.isStream()) {
            return Ipc.EOF;
        }
        return isMessage || !isAtEnd() ? 0 : Ipc.EOF;
    }

    /** Whether nothing more will come; for who is inside. */
    boolean isAtEnd() {
        return isHungUp() && !hasBytes();
    }

    /**
     * Datagrams whose input is shut have an end for who waits in the system alone; others are told
     * forever that there is nothing, and that they need not wait.
     *
     * @param waited whether the call has been told so before
     */
    boolean isEndOfDatagrams(long result, boolean waited) {
        boolean suspect = result == -Errno.EAGAIN && type == SocketType.DATAGRAM;
        return suspect && (waited || isShut) && isHungUp();
    }

    private boolean hasBytes() {
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment count = arguments.word();
            int result = Ioctl.ioctl(descriptor.fd(), Ioctl.FIONREAD, count);
            return result == 0 && count.get(ValueLayout.JAVA_INT, 0) > 0;
        } finally {
            arguments.giveBack();
        }
    }

    private boolean isHungUp() {
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment poll = arguments.pollFd();
            PollFd.set(poll, descriptor.fd(), Poll.POLLRDHUP);
            int result = Poll.ppoll(poll, 1, arguments.interval(0), MemorySegment.NULL);
            return result > 0 && (PollFd.revents(poll) & (Poll.POLLRDHUP | Poll.POLLHUP)) != 0;
        } finally {
            arguments.giveBack();
        }
    }
}
