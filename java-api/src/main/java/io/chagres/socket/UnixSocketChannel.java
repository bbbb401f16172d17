// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.PeerGoneException;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.UnixSockets;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/**
 * A stream of bytes each way between two processes: reads and writes are those of {@link
 * StreamSocketChannel}.
 *
 * <p>Descriptors and credentials go with the first byte of a write, and come with a read that is
 * given a {@link MessageInfo}: such a read ends where other descriptors or another sender begin.
 * What comes with bytes that are read without an info is closed by the kernel.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class UnixSocketChannel extends StreamSocketChannel implements UnixChannel {

    UnixSocketChannel(PosixSocket socket) {
        super(socket);
    }

    /**
     * Connects to a server, waiting while its backlog is full.
     *
     * @param remote the server's address
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(UnixAddress, Duration)} does
     */
    public static UnixSocketChannel connect(UnixAddress remote)
            throws IpcException, InterruptedException {
        return new UnixSocketChannel(
                UnixSockets.STREAM.connect(remote, null, BindOptions.defaults(), Deadline.NEVER));
    }

    /**
     * Connects to a server, waiting while its backlog is full, but not longer than a timeout.
     *
     * @param remote the server's address
     * @param timeout how long to wait; zero or negative does not wait
     * @return the connection
     * @throws IllegalArgumentException when the server's address is unnamed
     * @throws io.chagres.NotFoundException when nothing has that path
     * @throws PeerGoneException when nobody listens there
     * @throws io.chagres.AccessDeniedException when the permissions refuse
     * @throws io.chagres.TimedOutException when the backlog was full all the time
     * @throws InterruptedException when the thread is interrupted
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     * @throws IpcException when it fails for another reason, such as {@code EPROTOTYPE} for a
     *     socket of another type
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public static UnixSocketChannel connect(UnixAddress remote, Duration timeout)
            throws IpcException, InterruptedException {
        return new UnixSocketChannel(
                UnixSockets.STREAM.connect(
                        remote, null, BindOptions.defaults(), Deadline.after(timeout)));
    }

    /**
     * Connects to a server from an address of one's own, which the server sees.
     *
     * @param remote the server's address
     * @param local one's own address
     * @param options for one's own address
     * @param timeout how long to wait; zero or negative does not wait
     * @return the connection
     * @throws io.chagres.AlreadyExistsException when one's own address is in use
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(UnixAddress, Duration)} does
     */
    public static UnixSocketChannel connect(
            UnixAddress remote, UnixAddress local, BindOptions options, Duration timeout)
            throws IpcException, InterruptedException {
        return new UnixSocketChannel(
                UnixSockets.STREAM.connect(remote, local, options, Deadline.after(timeout)));
    }

    /**
     * Makes two that are connected to each other.
     *
     * @return both
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
     */
    public static SocketPair<UnixSocketChannel> pair() throws IpcException {
        UnixSockets.Pair pair = UnixSockets.STREAM.pair();
        return new SocketPair<>(
                new UnixSocketChannel(pair.first()), new UnixSocketChannel(pair.second()));
    }

    /**
     * Takes over a descriptor of a Unix stream socket that is open already, such as one that was
     * inherited or passed. It is made close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the channel
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no such socket; it is left open
     */
    public static UnixSocketChannel adopt(int fd) throws IpcException {
        return new UnixSocketChannel(UnixSockets.STREAM.adopt(fd));
    }

    /**
     * Reads what there is, with what comes with it, waiting until there is something.
     *
     * @param target where to put it; of size 0 it reads nothing and does not wait
     * @param info is set to what came; what it held before is gone
     * @return bytes read, at least one; or {@link Ipc#EOF}
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws io.chagres.LimitExceededException when this process can open no more descriptors; all
     *     that came are closed, and the bytes are in the target
     * @throws IpcException also when more descriptors came than the info takes; all are closed, the
     *     bytes are in the target, and the info has their number
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
     */
    public long read(MemorySegment target, MessageInfo info)
            throws IpcException, InterruptedException {
        return read(target, info, Deadline.NEVER);
    }

    /**
     * Reads what there is, with what comes with it, as {@link #read(MemorySegment, MessageInfo)},
     * but waits no longer than a timeout.
     *
     * @param target where to put it; of size 0 it reads nothing and does not wait
     * @param info is set to what came; what it held before is gone
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, at least one; {@link Ipc#EOF}; or {@link Ipc#TIMED_OUT}, {@link
     *     Ipc#WOULD_BLOCK} if the timeout was zero or negative
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException as {@link #read(MemorySegment, MessageInfo)} does
     */
    public long read(MemorySegment target, MessageInfo info, Duration timeout)
            throws IpcException, InterruptedException {
        return read(target, info, Deadline.after(timeout));
    }

    /**
     * Reads what there is now, with what comes with it. Does not block.
     *
     * @param target where to put it; of size 0 it reads nothing
     * @param info is set to what came; what it held before is gone
     * @return bytes read, at least one; {@link Ipc#EOF}; or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException as {@link #read(MemorySegment, MessageInfo)} does
     */
    public long tryRead(MemorySegment target, MessageInfo info) throws IpcException {
        try {
            return read(target, info, Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    private long read(MemorySegment target, MessageInfo info, long deadline)
            throws IpcException, InterruptedException {
        Messages.check(socket, target);
        return target.byteSize() == 0 ? 0 : socket.receive(target, 0, info, deadline);
    }

    /**
     * Looks at what a read would give and leaves it there, waiting until there is something.
     *
     * @param target where to put it; of size 0 it reads nothing and does not wait
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes that are there, at least one; {@link Ipc#EOF}; or {@link Ipc#TIMED_OUT}, {@link
     *     Ipc#WOULD_BLOCK} if the timeout was zero or negative
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2), MSG_PEEK</a>
     */
    public long peek(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        Messages.check(socket, target);
        return target.byteSize() == 0
                ? 0
                : socket.receive(target, PosixSocket.PEEK, Deadline.after(timeout));
    }

    /**
     * {@return bytes that can be read now without waiting}
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SIOCINQ</a>
     */
    public int available() throws IpcException {
        return socket.available();
    }

    /**
     * Writes all bytes, with what goes with the first of them, waiting until they are on their way.
     *
     * @param source all of its bytes, at least one
     * @param envelope descriptors and credentials
     * @return the source's size. When the thread is interrupted after the first byte, the count so
     *     far, and the thread's interrupt status is set
     * @throws IllegalArgumentException when there is no byte, or the envelope has a destination
     * @throws ClosedException also when a handle in the envelope is closed; nothing was written
     * @throws io.chagres.AccessDeniedException when the credentials are not the sender's
     * @throws io.chagres.LimitExceededException when too many descriptors are on their way
     * @throws PeerGoneException when the peer is gone; it has the number of bytes written before
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">sendmsg(2)</a>
     */
    public long write(MemorySegment source, Envelope envelope)
            throws IpcException, InterruptedException {
        return write(source, envelope, Deadline.NEVER);
    }

    /**
     * Writes all bytes, with what goes with the first of them, as {@link #write(MemorySegment,
     * Envelope)}, but waits no longer than a timeout.
     *
     * @param source all of its bytes, at least one
     * @param envelope descriptors and credentials
     * @param timeout how long to wait; zero or negative does not wait
     * @return the source's size; fewer when the timeout elapsed or the thread was interrupted; or
     *     {@link Ipc#TIMED_OUT} if nothing was written, {@link Ipc#WOULD_BLOCK} if the timeout was
     *     zero or negative
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException as {@link #write(MemorySegment, Envelope)} does
     */
    public long write(MemorySegment source, Envelope envelope, Duration timeout)
            throws IpcException, InterruptedException {
        return write(source, envelope, Deadline.after(timeout));
    }

    /**
     * Writes what there is room for now, with what goes with it. Does not block.
     *
     * @param source all of its bytes, at least one
     * @param envelope descriptors and credentials
     * @return bytes written, at least one; or {@link Ipc#WOULD_BLOCK}, and nothing was sent
     * @throws IpcException as {@link #write(MemorySegment, Envelope)} does
     */
    public long tryWrite(MemorySegment source, Envelope envelope) throws IpcException {
        try {
            return write(source, envelope, Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    private long write(MemorySegment source, Envelope envelope, long deadline)
            throws IpcException, InterruptedException {
        if (source.byteSize() == 0) {
            throw new IllegalArgumentException(
                    "on a stream an envelope goes with at least one byte");
        }
        if (envelope.destination().isPresent()) {
            throw new IllegalArgumentException("a stream has one peer, and no destination");
        }
        long count = socket.send(source, envelope, deadline);
        boolean over = count < 0 || count == source.byteSize();
        return over ? count : output.write(source, count, deadline);
    }

    @Override
    public UnixAddress localAddress() throws IpcException {
        return socket.localAddress();
    }

    @Override
    public UnixAddress remoteAddress() throws IpcException {
        return socket.remoteAddress();
    }

    @Override
    public PeerCredentials peerCredentials() throws IpcException {
        return socket.peerCredentials();
    }

    @Override
    public Optional<ProcessHandle> peerProcess() throws IpcException {
        return socket.peerProcess();
    }

    @Override
    public void receiveCredentials(boolean receive) throws IpcException {
        socket.receiveCredentials(receive);
    }

    @Override
    public int sendBufferSize() throws IpcException {
        return socket.sendBufferSize();
    }

    @Override
    public int sendBufferSize(int size) throws IpcException {
        return socket.sendBufferSize(size);
    }

    @Override
    public int receiveBufferSize() throws IpcException {
        return socket.receiveBufferSize();
    }

    @Override
    public int receiveBufferSize(int size) throws IpcException {
        return socket.receiveBufferSize(size);
    }
}
