// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.internal.ByteSink;
import io.chagres.internal.ByteSource;
import io.chagres.internal.MessageDetails;
import io.chagres.internal.Scratch;
import io.chagres.posix.Errno;
import io.chagres.posix.Ioctl;
import io.chagres.posix.Poll;
import io.chagres.posix.PollFd;
import io.chagres.posix.SockaddrUn;
import io.chagres.posix.Sockets;
import io.chagres.posix.Syscalls;
import io.chagres.socket.Envelope;
import io.chagres.socket.PeerCredentials;
import io.chagres.socket.UnixAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket that sends and receives: its descriptor, its blocking calls and its end. Thread-safe.
 */
public final class PosixSocket implements ByteSource, ByteSink {

    /** A flag to receive with: leave it there. */
    public static final int PEEK = Sockets.MSG_PEEK;

    private static final String SEND = "send";
    private static final String RECEIVE = "recv";

    /** What is on the heap is copied by so many bytes, where it is a stream. */
    private static final int PIECE = PipeEnd.PIECE;

    private final Descriptor descriptor;
    private final SocketType type;
    private final @Nullable BoundPath path;

    /** Whether credentials come with messages. */
    private volatile boolean passesCredentials;

    PosixSocket(Descriptor descriptor, SocketType type, @Nullable BoundPath path) {
        this.descriptor = descriptor;
        this.type = type;
        this.path = path;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public String name() {
        return descriptor.name();
    }

    @Override
    public boolean isOpen() {
        return !descriptor.isClosing();
    }

    // ---- a stream

    @Override
    public long read(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        return receive(target, 0, deadline);
    }

    @Override
    public long write(MemorySegment source, long offset, long deadline)
            throws IpcException, InterruptedException {
        long rest = source.byteSize() - offset;
        if (source.isNative()) {
            return sendNative(offset == 0 ? source : source.asSlice(offset), rest, deadline);
        }
        long size = Math.min(rest, PIECE);
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment.copy(source, offset, scratch.segment(), 0, size);
            return sendNative(scratch.segment(), size, deadline);
        }
    }

    // ---- receiving

    /**
     * Receives bytes of a stream, or a message without what comes with it.
     *
     * @param flags {@code MSG_PEEK}, {@code MSG_TRUNC} or 0
     * @return bytes, of a message with {@code MSG_TRUNC} its length; {@link Ipc#EOF}, {@link
     *     Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     */
    public long receive(MemorySegment target, int flags, long deadline)
            throws IpcException, InterruptedException {
        if (target.isNative()) {
            return receiveNative(target, target.byteSize(), flags, deadline);
        }
        long size = type.isStream() ? Math.min(target.byteSize(), PIECE) : target.byteSize();
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment piece = scratch.segment();
            long count = receiveNative(piece, size, flags, deadline);
            if (count > 0) {
                MemorySegment.copy(piece, 0, target, 0, Math.min(count, size));
            }
            return count;
        }
    }

    private long receiveNative(MemorySegment target, long size, int flags, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, RECEIVE, BlockingCall.READ, deadline);
        try {
            int how = flags | (call.blocksWithoutEnd() ? 0 : Sockets.MSG_DONTWAIT);
            long result;
            do {
                result = Syscalls.recv(call.state(), descriptor.fd(), target, size, how);
            } while (result < 0 && call.again(result));
            return result == 0 ? empty(false) : call.outcome(result);
        } finally {
            call.leave();
        }
    }

    /**
     * Receives a message without what comes with it.
     *
     * @return its length; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException also when it is longer than the target
     */
    public long receiveWhole(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        long length = receive(target, Sockets.MSG_TRUNC, deadline);
        if (length > target.byteSize()) {
            throw SocketFailures.truncated(RECEIVE, name(), length, target.byteSize());
        }
        return length;
    }

    /**
     * Receives bytes of a stream, or a message, with what comes with it.
     *
     * @param flags {@code MSG_PEEK} or 0
     * @return bytes put into the target; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link
     *     Ipc#WOULD_BLOCK}
     * @throws IpcException also when descriptors were lost that the info is for; all are closed
     *     then, and the bytes are in the target
     */
    public long receive(MemorySegment target, int flags, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        long count = receiveAnywhere(target, flags, info, deadline);
        if (count >= 0) {
            requireAllDescriptors(MessageDetails.of(info), wanted(flags, info));
        }
        return count;
    }

    /** A peek takes none: they would be one more each. */
    private static int wanted(int flags, MessageInfo info) {
        boolean peek = (flags & Sockets.MSG_PEEK) != 0;
        return peek ? 0 : MessageDetails.of(info).maxDescriptors();
    }

    private long receiveAnywhere(MemorySegment target, int flags, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        if (target.isNative()) {
            return receiveNative(target, target.byteSize(), flags, info, deadline);
        }
        try (Scratch scratch = Scratch.of(target.byteSize())) {
            MemorySegment piece = scratch.segment();
            long count = receiveNative(piece, target.byteSize(), flags, info, deadline);
            if (count > 0) {
                MemorySegment.copy(piece, 0, target, 0, count);
            }
            return count;
        }
    }

    private long receiveNative(
            MemorySegment target, long size, int flags, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, RECEIVE, BlockingCall.READ, deadline);
        try (SocketMessage message = SocketMessage.borrow()) {
            int how = flags | Sockets.MSG_CMSG_CLOEXEC | (type.isStream() ? 0 : Sockets.MSG_TRUNC);
            how |= call.blocksWithoutEnd() ? 0 : Sockets.MSG_DONTWAIT;
            message.buffer(target, size);
            long result;
            do {
                message.receive(wanted(flags, info), passesCredentials);
                MemorySegment header = message.header();
                result = Syscalls.recvmsg(call.state(), descriptor.fd(), header, how, target);
            } while (result < 0 && call.again(result));
            if (result < 0) {
                return call.outcome(result);
            }
            MessageDetails details = MessageDetails.cleared(info);
            message.received(details);
            details.length = result;
            boolean isMessage = details.hasCredentials || details.hasDescriptors();
            return result == 0 ? empty(isMessage) : Math.min(result, size);
        } finally {
            call.leave();
        }
    }

    private void requireAllDescriptors(MessageDetails details, int wanted) throws IpcException {
        if (!details.descriptorsLost || wanted == 0) {
            return;
        }
        boolean room = details.descriptors.size() < wanted;
        details.closeDescriptors();
        if (room) {
            throw PosixErrors.exception(RECEIVE, name(), -Errno.EMFILE);
        }
        throw new IpcException(
                RECEIVE,
                name(),
                0,
                "",
                "the message has more than the "
                        + wanted
                        + " descriptors asked for; all are closed");
    }

    /**
     * A message without bytes, or the end, which the system does not tell apart for all sockets.
     */
    private long empty(boolean isMessage) {
        if (type.isStream()) {
            return Ipc.EOF;
        }
        return isMessage || type == SocketType.DATAGRAM || !isHungUp() ? 0 : Ipc.EOF;
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

    // ---- sending

    /**
     * Sends a message, or of a stream what there is room for.
     *
     * @return bytes sent; {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     */
    public long send(MemorySegment source, long deadline)
            throws IpcException, InterruptedException {
        if (source.isNative()) {
            return sendNative(source, source.byteSize(), deadline);
        }
        try (Scratch scratch = Scratch.of(source.byteSize())) {
            scratch.segment().copyFrom(source);
            return sendNative(scratch.segment(), source.byteSize(), deadline);
        }
    }

    private long sendNative(MemorySegment source, long size, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, SEND, BlockingCall.WRITE, deadline);
        try {
            int flags = Sockets.MSG_NOSIGNAL | (call.blocksWithoutEnd() ? 0 : Sockets.MSG_DONTWAIT);
            long result;
            do {
                result = Syscalls.send(call.state(), descriptor.fd(), source, size, flags);
            } while (result < 0 && again(call, result, size));
            return call.outcome(result);
        } finally {
            call.leave();
        }
    }

    /** The same with what goes with it. */
    public long send(MemorySegment source, Envelope envelope, long deadline)
            throws IpcException, InterruptedException {
        if (source.isNative()) {
            return sendNative(source, source.byteSize(), envelope, deadline);
        }
        try (Scratch scratch = Scratch.of(source.byteSize())) {
            scratch.segment().copyFrom(source);
            return sendNative(scratch.segment(), source.byteSize(), envelope, deadline);
        }
    }

    private long sendNative(MemorySegment source, long size, Envelope envelope, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, SEND, BlockingCall.WRITE, deadline);
        try (SocketMessage message = SocketMessage.borrow()) {
            message.buffer(source, size);
            message.send(envelope);
            // of an address that is full, unlike of a peer, readiness does not tell
            Backoff backoff = envelope.destination().isEmpty() ? null : new Backoff();
            boolean inSystem = backoff != null && Opening.mayWaitInSystem(call);
            boolean waits = inSystem || call.blocksWithoutEnd();
            int flags = Sockets.MSG_NOSIGNAL | (waits ? 0 : Sockets.MSG_DONTWAIT);
            MemorySegment header = message.header();
            long result;
            do {
                result = Syscalls.sendmsg(call.state(), descriptor.fd(), header, flags, source);
            } while (result < 0 && again(call, result, size, envelope, backoff));
            return call.outcome(result);
        } finally {
            call.leave();
        }
    }

    private boolean again(BlockingCall call, long result, long size)
            throws IpcException, InterruptedException {
        if (result == -Errno.EMSGSIZE) {
            throw SocketFailures.tooLarge(SEND, name(), descriptor.fd(), size);
        }
        return call.again(result);
    }

    private boolean again(
            BlockingCall call, long result, long size, Envelope envelope, @Nullable Backoff backoff)
            throws IpcException, InterruptedException {
        if (result == -Errno.EAGAIN && backoff != null && !call.isTry()) {
            if (!call.mayGoOn()) {
                return false;
            }
            backoff.pause(call.deadline());
            return call.mayGoOn();
        }
        if (result != -Errno.EAGAIN && result != -Errno.EINTR) {
            SocketFailures.explain(SEND, name(), (int) result, envelope);
        }
        return again(call, result, size);
    }

    // ---- the rest

    /** Bytes that can be read now; of messages, those of the first. */
    public int available() throws IpcException {
        descriptor.enter("ioctl");
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment count = arguments.word();
            int result = Ioctl.ioctl(descriptor.fd(), Ioctl.FIONREAD, count);
            if (result < 0) {
                throw descriptor.failure("ioctl", result);
            }
            return count.get(ValueLayout.JAVA_INT, 0);
        } finally {
            arguments.giveBack();
            descriptor.leave();
        }
    }

    /** Ends receiving. */
    public void shutdownInput() throws IpcException {
        shutdown(Sockets.SHUT_RD);
    }

    /** Ends sending. */
    public void shutdownOutput() throws IpcException {
        shutdown(Sockets.SHUT_WR);
    }

    private void shutdown(int how) throws IpcException {
        descriptor.enter("shutdown");
        try {
            int result = Sockets.shutdown(descriptor.fd(), how);
            if (result < 0) {
                throw descriptor.failure("shutdown", result);
            }
        } finally {
            descriptor.leave();
        }
    }

    /** Whether credentials are to come with messages. */
    public void receiveCredentials(boolean receive) throws IpcException {
        SocketOption.set(descriptor, Sockets.SO_PASSCRED, receive ? 1 : 0);
        passesCredentials = receive;
    }

    /** Bytes that may be on their way. */
    public int sendBufferSize() throws IpcException {
        return SocketOption.get(descriptor, Sockets.SO_SNDBUF);
    }

    /** Changes it. */
    public void sendBufferSize(int size) throws IpcException {
        SocketOption.set(descriptor, Sockets.SO_SNDBUF, size);
    }

    /** Bytes that may wait to be received. */
    public int receiveBufferSize() throws IpcException {
        return SocketOption.get(descriptor, Sockets.SO_RCVBUF);
    }

    /** Changes it. */
    public void receiveBufferSize(int size) throws IpcException {
        SocketOption.set(descriptor, Sockets.SO_RCVBUF, size);
    }

    /** Looks at what others have set before, while it is nobody else's. */
    void learnOptions() {
        passesCredentials = SocketOption.get(descriptor.fd(), Sockets.SO_PASSCRED) > 0;
    }

    /** Connects a datagram socket, or ends that with the address that is unnamed. */
    public void connectDatagram(UnixAddress address) throws IpcException {
        descriptor.enter("connect");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SocketAddresses.SIZE, Short.BYTES);
            int length = SocketAddresses.encode(address, sockaddr);
            if (address.kind() == UnixAddress.Kind.UNNAMED) {
                SockaddrUn.sun_family(sockaddr, Sockets.AF_UNSPEC);
            }
            int result = Sockets.connect(descriptor.fd(), sockaddr, length);
            if (result < 0) {
                throw SocketFailures.unreachable("connect", address.toString(), result);
            }
        } finally {
            descriptor.leave();
        }
    }

    /** Its own address. */
    public UnixAddress localAddress() throws IpcException {
        return SocketAddresses.local(descriptor);
    }

    /** That of its peer. */
    public UnixAddress remoteAddress() throws IpcException {
        return SocketAddresses.remote(descriptor);
    }

    /** Who the peer is. */
    public PeerCredentials peerCredentials() throws IpcException {
        return SocketCredentials.peer(descriptor);
    }

    /** The peer's process, if it lives. */
    public Optional<ProcessHandle> peerProcess() throws IpcException {
        return SocketCredentials.peerProcess(descriptor);
    }

    /** Lends the descriptor. */
    public BorrowedDescriptor borrow() throws IpcException {
        return descriptor.borrow();
    }

    /** Gives the descriptor away; a path stays. */
    public int detach() throws IpcException {
        int fd = descriptor.detach();
        if (path != null) {
            path.forget();
        }
        return fd;
    }

    /** Idempotent; wakes the callers inside. Removes the path that it is bound to. */
    public void close() throws IpcException {
        if (path != null) {
            path.removeIfOurs();
        }
        descriptor.close();
    }
}
