// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.PeerGoneException;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.internal.StreamInput;
import io.chagres.internal.StreamOutput;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.UnixSockets;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;

/**
 * A stream of bytes each way between two processes.
 *
 * <p>A read returns what there is, and waits only while there is nothing; {@code readFully} fills
 * its target. {@link Ipc#EOF} comes when the peer has closed its end, or its output, and everything
 * was read. A write returns when all bytes are on their way. When the peer is gone, a write throws
 * {@link PeerGoneException} and no signal ends the JVM; so does a read of a peer that has closed
 * without reading everything.
 *
 * <p>Descriptors and credentials go with the first byte of a write, and come with a read that is
 * given a {@link MessageInfo}: such a read ends where other descriptors or another sender begin.
 * What comes with bytes that are read without an info is closed by the kernel.
 *
 * <p>Native segments and direct buffers go to and come from the kernel as they are; what is on the
 * heap is copied, in pieces. With segments nothing is allocated per call. A segment must stay alive
 * until the call returns.
 *
 * <p>Thread-safe, with one direction independent of the other. A call that waits blocks its
 * platform thread in the one system call; a virtual thread parks and leaves its carrier to others.
 * Closing the handle ends it with {@link ClosedException}. An interrupt ends it with {@link
 * InterruptedException} if no byte was moved yet; else it returns the count, and the thread's
 * interrupt status is set. The methods of the channel interfaces throw {@link
 * InterruptedCallException} instead, with that status set; the handle stays open.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class UnixSocketChannel extends UnixChannel
        implements ByteChannel, ScatteringByteChannel, GatheringByteChannel {

    private final StreamInput input;
    private final StreamOutput output;

    UnixSocketChannel(PosixSocket socket) {
        super(socket);
        this.input = new StreamInput(socket);
        this.output = new StreamOutput(socket);
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
     * Reads what there is, waiting until there is something.
     *
     * @param target where to put it; of size 0 it reads nothing and does not wait
     * @return bytes read, at least one; or {@link Ipc#EOF}
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws IllegalStateException when the target's arena is closed; nothing was read
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
     */
    public long read(MemorySegment target) throws IpcException, InterruptedException {
        return input.read(target, Deadline.NEVER);
    }

    /**
     * Reads what there is, waiting until there is something, but not longer than a timeout.
     *
     * @param target where to put it; of size 0 it reads nothing and does not wait
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, at least one; {@link Ipc#EOF}; or {@link Ipc#TIMED_OUT}, {@link
     *     Ipc#WOULD_BLOCK} if the timeout was zero or negative
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws IllegalStateException when the target's arena is closed; nothing was read
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public long read(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        return input.read(target, Deadline.after(timeout));
    }

    /**
     * Reads what there is now. Does not block.
     *
     * @param target where to put it; of size 0 it reads nothing
     * @return bytes read, at least one; {@link Ipc#EOF}; or {@link Ipc#WOULD_BLOCK}
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws IllegalStateException when the target's arena is closed; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public long tryRead(MemorySegment target) throws IpcException {
        return input.tryRead(target);
    }

    /**
     * Reads exactly as many bytes as the target has, waiting for them.
     *
     * @param target to be filled; of size 0 it reads nothing
     * @return the target's size, or {@link Ipc#EOF} when the stream ends before the first byte.
     *     When the thread is interrupted after the first byte, the count so far, and the thread's
     *     interrupt status is set
     * @throws PeerGoneException when the stream ends after the first byte; the bytes that came are
     *     in the target, and the exception has their number
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws IllegalStateException when the target's arena is closed
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long readFully(MemorySegment target) throws IpcException, InterruptedException {
        return input.readFully(target, Deadline.NEVER);
    }

    /**
     * Reads exactly as many bytes as the target has, as {@link #readFully(MemorySegment)}, but
     * waits no longer than a timeout for all of them.
     *
     * @param target to be filled; of size 0 it reads nothing
     * @param timeout how long to wait; zero or negative does not wait
     * @return the target's size; {@link Ipc#EOF} when the stream ends before the first byte; the
     *     count so far when the timeout elapsed, or {@link Ipc#TIMED_OUT} if nothing had come,
     *     {@link Ipc#WOULD_BLOCK} if it was zero or negative
     * @throws PeerGoneException when the stream ends after the first byte; the bytes that came are
     *     in the target, and the exception has their number
     * @throws IllegalArgumentException when the target is read-only; nothing was read
     * @throws IllegalStateException when the target's arena is closed
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long readFully(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        return input.readFully(target, Deadline.after(timeout));
    }

    /**
     * Reads into an array, as {@link #read(MemorySegment)}.
     *
     * @param target where to put it, from its begin
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public int read(byte[] target) throws IpcException, InterruptedException {
        return (int) read(MemorySegment.ofArray(target));
    }

    /**
     * Reads into an array, as {@link #read(MemorySegment, Duration)}.
     *
     * @param target where to put it, from its begin
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public int read(byte[] target, Duration timeout) throws IpcException, InterruptedException {
        return (int) read(MemorySegment.ofArray(target), timeout);
    }

    /**
     * Reads into an array what there is now, as {@link #tryRead(MemorySegment)}.
     *
     * @param target where to put it, from its begin
     * @return bytes read, {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException when it fails; nothing was read
     */
    public int tryRead(byte[] target) throws IpcException {
        return (int) tryRead(MemorySegment.ofArray(target));
    }

    /**
     * Fills an array, as {@link #readFully(MemorySegment)}.
     *
     * @param target to be filled
     * @return its length, {@link Ipc#EOF}, or fewer bytes after an interrupt
     * @throws PeerGoneException when the stream ends after the first byte
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int readFully(byte[] target) throws IpcException, InterruptedException {
        return (int) readFully(MemorySegment.ofArray(target));
    }

    /**
     * Reads into a buffer from its position on, as {@link #read(MemorySegment, Duration)}; its
     * position moves by what was read.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted; nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    public int read(ByteBuffer target, Duration timeout) throws IpcException, InterruptedException {
        return input.read(target, Deadline.after(timeout));
    }

    /**
     * Reads into a buffer what there is now, as {@link #tryRead(MemorySegment)}; its position moves
     * by what was read.
     *
     * @param target where to put it
     * @return bytes read, {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException when it fails; nothing was read
     */
    public int tryRead(ByteBuffer target) throws IpcException {
        return input.tryRead(target);
    }

    /**
     * Reads into a buffer from its position on, as {@link #read(MemorySegment)}; its position moves
     * by what was read.
     *
     * @param target where to put it
     * @return bytes read, 0 for a full buffer, or -1 at the end
     * @throws IllegalArgumentException when the buffer is read-only
     * @throws InterruptedCallException when the thread is interrupted, which stays its status;
     *     nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    @Override
    public int read(ByteBuffer target) throws IpcException {
        return input.readOfChannel(target);
    }

    /**
     * Reads into several buffers, one after the other, as {@link #read(ByteBuffer)}: what one
     * system call gives.
     *
     * @param targets where to put it
     * @param offset of the first buffer to use
     * @param length how many buffers to use
     * @return bytes read, 0 when all buffers are full, or -1 at the end
     * @throws IndexOutOfBoundsException when there are not so many buffers
     * @throws IllegalArgumentException when a buffer is read-only
     * @throws InterruptedCallException when the thread is interrupted, which stays its status;
     *     nothing was read
     * @throws IpcException when it fails; nothing was read
     */
    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IpcException {
        return input.readOfChannel(targets, offset, length);
    }

    /**
     * Reads into several buffers, as {@link #read(ByteBuffer[], int, int)}.
     *
     * @param targets where to put it
     * @return bytes read, 0 when all buffers are full, or -1 at the end
     * @throws IpcException when it fails; nothing was read
     */
    @Override
    public long read(ByteBuffer[] targets) throws IpcException {
        return read(targets, 0, targets.length);
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
     * Writes all bytes, waiting until they are on their way.
     *
     * @param source all of its bytes; of size 0 it writes nothing
     * @return the source's size. When the thread is interrupted after the first byte, the count so
     *     far, and the thread's interrupt status is set
     * @throws PeerGoneException when the peer is gone; it has the number of bytes written before
     * @throws IllegalStateException when the source's arena is closed
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
     */
    public long write(MemorySegment source) throws IpcException, InterruptedException {
        return output.write(source, Deadline.NEVER);
    }

    /**
     * Writes all bytes, as {@link #write(MemorySegment)}, but waits no longer than a timeout.
     *
     * @param source all of its bytes; of size 0 it writes nothing
     * @param timeout how long to wait; zero or negative does not wait
     * @return the source's size; fewer when the timeout elapsed or the thread was interrupted; or
     *     {@link Ipc#TIMED_OUT} if nothing was written, {@link Ipc#WOULD_BLOCK} if the timeout was
     *     zero or negative
     * @throws PeerGoneException when the peer is gone; it has the number of bytes written before
     * @throws IllegalStateException when the source's arena is closed
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public long write(MemorySegment source, Duration timeout)
            throws IpcException, InterruptedException {
        return output.write(source, Deadline.after(timeout));
    }

    /**
     * Writes what there is room for now. Does not block.
     *
     * @param source all of its bytes; of size 0 it writes nothing
     * @return bytes written, at least one; or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws IllegalStateException when the source's arena is closed
     * @throws IpcException when it fails
     */
    public long tryWrite(MemorySegment source) throws IpcException {
        return output.tryWrite(source);
    }

    /**
     * Writes an array, as {@link #write(MemorySegment)}.
     *
     * @param source all of its bytes
     * @return its length, or fewer bytes after an interrupt
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public int write(byte[] source) throws IpcException, InterruptedException {
        return (int) write(MemorySegment.ofArray(source));
    }

    /**
     * Writes an array, as {@link #write(MemorySegment, Duration)}.
     *
     * @param source all of its bytes
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes written, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public int write(byte[] source, Duration timeout) throws IpcException, InterruptedException {
        return (int) write(MemorySegment.ofArray(source), timeout);
    }

    /**
     * Writes of an array what there is room for now, as {@link #tryWrite(MemorySegment)}.
     *
     * @param source all of its bytes
     * @return bytes written, or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    public int tryWrite(byte[] source) throws IpcException {
        return (int) tryWrite(MemorySegment.ofArray(source));
    }

    /**
     * Writes what is between a buffer's position and limit, as {@link #write(MemorySegment,
     * Duration)}; its position moves by what was written.
     *
     * @param source a buffer of any kind
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes written, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public int write(ByteBuffer source, Duration timeout)
            throws IpcException, InterruptedException {
        return output.write(source, Deadline.after(timeout));
    }

    /**
     * Writes of a buffer what there is room for now, as {@link #tryWrite(MemorySegment)}; its
     * position moves by what was written.
     *
     * @param source a buffer of any kind
     * @return bytes written, or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    public int tryWrite(ByteBuffer source) throws IpcException {
        return output.tryWrite(source);
    }

    /**
     * Writes all that is between a buffer's position and limit, as {@link #write(MemorySegment)};
     * its position moves by what was written.
     *
     * @param source a buffer of any kind
     * @return bytes written: all, or fewer after an interrupt, which stays the thread's status
     * @throws InterruptedCallException when the thread is interrupted, which stays its status;
     *     nothing was written
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    @Override
    public int write(ByteBuffer source) throws IpcException {
        return output.writeOfChannel(source);
    }

    /**
     * Writes several buffers, one after the other, as {@link #write(ByteBuffer)}.
     *
     * @param sources what to write
     * @param offset of the first buffer to use
     * @param length how many buffers to use
     * @return bytes written: all, or fewer after an interrupt, which stays the thread's status
     * @throws IndexOutOfBoundsException when there are not so many buffers
     * @throws InterruptedCallException when the thread is interrupted, which stays its status;
     *     nothing was written
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IpcException {
        return output.writeOfChannel(sources, offset, length);
    }

    /**
     * Writes several buffers, as {@link #write(ByteBuffer[], int, int)}.
     *
     * @param sources what to write
     * @return bytes written
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    @Override
    public long write(ByteBuffer[] sources) throws IpcException {
        return write(sources, 0, sources.length);
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
}
