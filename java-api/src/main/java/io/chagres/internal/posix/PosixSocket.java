// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.internal.ByteSink;
import io.chagres.internal.ByteSource;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.posix.Ioctl;
import io.chagres.posix.SockaddrUn;
import io.chagres.posix.Sockets;
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

    private final Descriptor descriptor;
    private final SocketInput input;
    private final SocketOutput output;
    private final @Nullable BoundPath path;

    PosixSocket(Descriptor descriptor, SocketType type, @Nullable BoundPath path) {
        this.descriptor = descriptor;
        descriptor.lookAgain();
        this.input = new SocketInput(descriptor, type);
        this.output = new SocketOutput(descriptor, type);
        this.path = path;
    }

    SocketInput input() {
        return input;
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
        return input.receive(target, 0, deadline);
    }

    @Override
    public long write(MemorySegment source, long offset, long deadline)
            throws IpcException, InterruptedException {
        return output.send(source, offset, deadline);
    }

    // ---- messages, and streams with what comes with them

    /**
     * Receives bytes of a stream, or a message without what comes with it.
     *
     * @param flags {@link #PEEK} or 0
     * @return bytes; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     */
    public long receive(MemorySegment target, int flags, long deadline)
            throws IpcException, InterruptedException {
        return input.receive(target, flags, deadline);
    }

    /**
     * Receives a message without what comes with it.
     *
     * @return its length; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException also when it is longer than the target
     */
    public long receiveWhole(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        return input.receiveWhole(target, deadline);
    }

    /**
     * Receives bytes of a stream, or a message, with what comes with it.
     *
     * @param flags {@link #PEEK} or 0
     * @return bytes put into the target; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link
     *     Ipc#WOULD_BLOCK}
     * @throws IpcException also when descriptors were lost that the info is for; all are closed
     *     then, and the bytes are in the target
     */
    public long receive(MemorySegment target, int flags, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        long count = input.receive(target, flags, info, deadline);
        input.requireAllDescriptors(count, info);
        return count;
    }

    /** The same, for who puts the bytes to where they belong before descriptors are missed. */
    public long receiveLenient(MemorySegment target, int flags, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        return input.receive(target, flags, info, deadline);
    }

    /** For who has received leniently: throws when descriptors were lost. */
    public void requireAllDescriptors(long count, MessageInfo info) throws IpcException {
        input.requireAllDescriptors(count, info);
    }

    /**
     * Sends a message, or of a stream what there is room for.
     *
     * @return bytes sent; {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     */
    public long send(MemorySegment source, long deadline)
            throws IpcException, InterruptedException {
        return output.send(source, 0, deadline);
    }

    /** The same with what goes with it. */
    public long send(MemorySegment source, Envelope envelope, long deadline)
            throws IpcException, InterruptedException {
        return output.send(source, envelope, deadline);
    }

    // ---- the rest

    /** Bytes that can be read now; of datagrams, those of the first. */
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

    /** Bytes of the next message; 0 when there is none. */
    public int nextLength() throws IpcException {
        try {
            int flags = Sockets.MSG_PEEK | Sockets.MSG_TRUNC;
            return (int) Math.max(0, receive(MemorySegment.NULL, flags, Deadline.NOW));
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /** Ends receiving. */
    public void shutdownInput() throws IpcException {
        shutdown(Sockets.SHUT_RD);
        input.shut();
    }

    /** Ends sending; those who wait to send see it. */
    public void shutdownOutput() throws IpcException {
        shutdown(Sockets.SHUT_WR);
        descriptor.wakeParked();
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

    /** Looks at what others have set before, while it is nobody else's. */
    void learnOptions() {
        input.passesCredentials(SocketOption.get(descriptor.fd(), Sockets.SO_PASSCRED) > 0);
    }

    /** Whether credentials are to come with messages. */
    public void receiveCredentials(boolean receive) throws IpcException {
        SocketOption.set(descriptor, Sockets.SO_PASSCRED, receive ? 1 : 0);
        input.passesCredentials(receive);
    }

    /** Bytes that may be on their way. */
    public int sendBufferSize() throws IpcException {
        return SocketOption.get(descriptor, Sockets.SO_SNDBUF);
    }

    /** Changes it, and tells what it is then. */
    public int sendBufferSize(int size) throws IpcException {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        SocketOption.set(descriptor, Sockets.SO_SNDBUF, size);
        return sendBufferSize();
    }

    /** Bytes that may wait to be received. */
    public int receiveBufferSize() throws IpcException {
        return SocketOption.get(descriptor, Sockets.SO_RCVBUF);
    }

    /** Changes it, and tells what it is then. */
    public int receiveBufferSize(int size) throws IpcException {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        SocketOption.set(descriptor, Sockets.SO_RCVBUF, size);
        return receiveBufferSize();
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
            path.end();
        }
        descriptor.close();
    }
}
