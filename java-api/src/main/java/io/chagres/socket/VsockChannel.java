// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import io.chagres.event.Pollable;
import io.chagres.internal.Deadline;
import io.chagres.internal.StreamInput;
import io.chagres.internal.StreamOutput;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.VsockSockets;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;

/**
 * A stream of bytes each way between a virtual machine and its host, or another machine there. It
 * reads and writes as {@link UnixSocketChannel} does, but passes neither descriptors nor
 * credentials: a server knows its peer's machine, and nothing of the process.
 *
 * <p>Thread-safe, with one direction independent of the other. A call that waits blocks its
 * platform thread; a virtual thread parks and leaves its carrier to others. Closing the handle ends
 * it with {@link ClosedException}, an interrupt with {@link InterruptedException} if no byte was
 * moved yet; else it returns the count, and the thread's interrupt status is set. The methods of
 * the channel interfaces throw {@link InterruptedCallException} instead, with that status set. With
 * segments nothing is allocated per call on a platform thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
 */
public final class VsockChannel
        implements Pollable, ByteChannel, ScatteringByteChannel, GatheringByteChannel {

    private final PosixSocket socket;
    private final StreamInput input;
    private final StreamOutput output;

    VsockChannel(PosixSocket socket) {
        this.socket = socket;
        this.input = new StreamInput(socket);
        this.output = new StreamOutput(socket);
    }

    /**
     * Connects to a server, waiting for its answer, but not longer than the kernel does: 2 seconds.
     *
     * @param remote the server's address
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(VsockAddress, Duration)} does
     */
    public static VsockChannel connect(VsockAddress remote)
            throws IpcException, InterruptedException {
        return new VsockChannel(VsockSockets.connect(remote, Deadline.NEVER));
    }

    /**
     * Connects to a server, waiting for its answer, but neither longer than a timeout nor than the
     * kernel does: 2 seconds.
     *
     * @param remote the server's address
     * @param timeout how long to wait; zero or negative does not wait
     * @return the connection
     * @throws PeerGoneException when nobody listens there
     * @throws io.chagres.TimedOutException when nobody answers in time
     * @throws InterruptedException when the thread is interrupted
     * @throws UnsupportedOperationException naming the reason, where there are none
     * @throws IpcException when it fails for another reason, such as {@code ENODEV} when there is
     *     no such machine, or no way to it
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public static VsockChannel connect(VsockAddress remote, Duration timeout)
            throws IpcException, InterruptedException {
        return new VsockChannel(VsockSockets.connect(remote, Deadline.after(timeout)));
    }

    /**
     * Takes over a descriptor of a vsock stream socket that is open already. It is made
     * close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the channel
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no such socket; it is left open
     */
    public static VsockChannel adopt(int fd) throws IpcException {
        return new VsockChannel(VsockSockets.adopt(fd));
    }

    /**
     * As {@link UnixSocketChannel#read(MemorySegment)}.
     *
     * @param target where to put it
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long read(MemorySegment target) throws IpcException, InterruptedException {
        return input.read(target, Deadline.NEVER);
    }

    /**
     * As {@link UnixSocketChannel#read(MemorySegment, Duration)}.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long read(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        return input.read(target, Deadline.after(timeout));
    }

    /**
     * As {@link UnixSocketChannel#tryRead(MemorySegment)}.
     *
     * @param target where to put it
     * @return bytes read, {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException when it fails
     */
    public long tryRead(MemorySegment target) throws IpcException {
        return input.tryRead(target);
    }

    /**
     * As {@link UnixSocketChannel#readFully(MemorySegment)}.
     *
     * @param target where to put it
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long readFully(MemorySegment target) throws IpcException, InterruptedException {
        return input.readFully(target, Deadline.NEVER);
    }

    /**
     * As {@link UnixSocketChannel#readFully(MemorySegment, Duration)}.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long readFully(MemorySegment target, Duration timeout)
            throws IpcException, InterruptedException {
        return input.readFully(target, Deadline.after(timeout));
    }

    /**
     * As {@link UnixSocketChannel#read(byte[])}.
     *
     * @param target where to put it
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int read(byte[] target) throws IpcException, InterruptedException {
        return (int) read(MemorySegment.ofArray(target));
    }

    /**
     * As {@link UnixSocketChannel#read(byte[], Duration)}.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int read(byte[] target, Duration timeout) throws IpcException, InterruptedException {
        return (int) read(MemorySegment.ofArray(target), timeout);
    }

    /**
     * As {@link UnixSocketChannel#tryRead(byte[])}.
     *
     * @param target where to put it
     * @return bytes read, {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException when it fails
     */
    public int tryRead(byte[] target) throws IpcException {
        return (int) tryRead(MemorySegment.ofArray(target));
    }

    /**
     * As {@link UnixSocketChannel#readFully(byte[])}.
     *
     * @param target where to put it
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int readFully(byte[] target) throws IpcException, InterruptedException {
        return (int) readFully(MemorySegment.ofArray(target));
    }

    /**
     * As {@link UnixSocketChannel#read(ByteBuffer, Duration)}.
     *
     * @param target where to put it
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes read, {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int read(ByteBuffer target, Duration timeout) throws IpcException, InterruptedException {
        return input.read(target, Deadline.after(timeout));
    }

    /**
     * As {@link UnixSocketChannel#tryRead(ByteBuffer)}.
     *
     * @param target where to put it
     * @return bytes read, {@link Ipc#EOF} or {@link Ipc#WOULD_BLOCK}
     * @throws IpcException when it fails
     */
    public int tryRead(ByteBuffer target) throws IpcException {
        return input.tryRead(target);
    }

    /**
     * As {@link UnixSocketChannel#read(ByteBuffer)}.
     *
     * @param target where to put it
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedCallException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    @Override
    public int read(ByteBuffer target) throws IpcException {
        return input.readOfChannel(target);
    }

    /**
     * As {@link UnixSocketChannel#read(ByteBuffer[], int, int)}.
     *
     * @param targets where to put it
     * @param offset of the first buffer to use
     * @param length how many buffers to use
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedCallException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IpcException {
        return input.readOfChannel(targets, offset, length);
    }

    /**
     * As {@link UnixSocketChannel#read(ByteBuffer[])}.
     *
     * @param targets where to put it
     * @return bytes read, or {@link Ipc#EOF}
     * @throws InterruptedCallException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    @Override
    public long read(ByteBuffer[] targets) throws IpcException {
        return read(targets, 0, targets.length);
    }

    /**
     * As {@link UnixSocketChannel#write(MemorySegment)}.
     *
     * @param source what to write
     * @return bytes written
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long write(MemorySegment source) throws IpcException, InterruptedException {
        return output.write(source, Deadline.NEVER);
    }

    /**
     * As {@link UnixSocketChannel#write(MemorySegment, Duration)}.
     *
     * @param source what to write
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes written, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public long write(MemorySegment source, Duration timeout)
            throws IpcException, InterruptedException {
        return output.write(source, Deadline.after(timeout));
    }

    /**
     * As {@link UnixSocketChannel#tryWrite(MemorySegment)}.
     *
     * @param source what to write
     * @return bytes written, or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    public long tryWrite(MemorySegment source) throws IpcException {
        return output.tryWrite(source);
    }

    /**
     * As {@link UnixSocketChannel#write(byte[])}.
     *
     * @param source what to write
     * @return bytes written
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int write(byte[] source) throws IpcException, InterruptedException {
        return (int) write(MemorySegment.ofArray(source));
    }

    /**
     * As {@link UnixSocketChannel#write(byte[], Duration)}.
     *
     * @param source what to write
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes written, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int write(byte[] source, Duration timeout) throws IpcException, InterruptedException {
        return (int) write(MemorySegment.ofArray(source), timeout);
    }

    /**
     * As {@link UnixSocketChannel#tryWrite(byte[])}.
     *
     * @param source what to write
     * @return bytes written, or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    public int tryWrite(byte[] source) throws IpcException {
        return (int) tryWrite(MemorySegment.ofArray(source));
    }

    /**
     * As {@link UnixSocketChannel#write(ByteBuffer, Duration)}.
     *
     * @param source what to write
     * @param timeout how long to wait; zero or negative does not wait
     * @return bytes written, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    public int write(ByteBuffer source, Duration timeout)
            throws IpcException, InterruptedException {
        return output.write(source, Deadline.after(timeout));
    }

    /**
     * As {@link UnixSocketChannel#tryWrite(ByteBuffer)}.
     *
     * @param source what to write
     * @return bytes written, or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when the peer is gone
     * @throws IpcException when it fails
     */
    public int tryWrite(ByteBuffer source) throws IpcException {
        return output.tryWrite(source);
    }

    /**
     * As {@link UnixSocketChannel#write(ByteBuffer)}.
     *
     * @param source what to write
     * @return bytes written
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedCallException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    @Override
    public int write(ByteBuffer source) throws IpcException {
        return output.writeOfChannel(source);
    }

    /**
     * As {@link UnixSocketChannel#write(ByteBuffer[], int, int)}.
     *
     * @param sources what to write
     * @param offset of the first buffer to use
     * @param length how many buffers to use
     * @return bytes written
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedCallException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IpcException {
        return output.writeOfChannel(sources, offset, length);
    }

    /**
     * As {@link UnixSocketChannel#write(ByteBuffer[])}.
     *
     * @param sources what to write
     * @return bytes written
     * @throws PeerGoneException when the peer is gone
     * @throws InterruptedCallException when the thread is interrupted before the first byte
     * @throws IpcException when it fails
     */
    @Override
    public long write(ByteBuffer[] sources) throws IpcException {
        return write(sources, 0, sources.length);
    }

    /**
     * {@return the address of this end}
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
     */
    public VsockAddress localAddress() throws IpcException {
        return VsockSockets.localAddress(socket);
    }

    /**
     * {@return the address of the other end}
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
     */
    public VsockAddress remoteAddress() throws IpcException {
        return VsockSockets.remoteAddress(socket);
    }

    /**
     * Ends receiving.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public void shutdownInput() throws IpcException {
        socket.shutdownInput();
    }

    /**
     * Ends sending: the peer reads what was sent, and then the end. A write throws {@link
     * PeerGoneException} from now on.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public void shutdownOutput() throws IpcException {
        socket.shutdownOutput();
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return socket.borrow();
    }

    /**
     * Gives the descriptor to the caller, who must close it. This handle is closed.
     *
     * @return the descriptor, close-on-exec
     * @throws ClosedException when the handle is closed
     * @throws IllegalStateException when other calls are using it; nothing has changed
     * @throws IpcException when it fails
     */
    public int detach() throws IpcException {
        return socket.detach();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /**
     * Closes the socket. Idempotent; wakes the calls that wait, which throw {@link
     * ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        socket.close();
    }

    /** What it is and whom it talks to. */
    @Override
    public String toString() {
        return "VsockChannel[" + socket.name() + "]";
    }
}
