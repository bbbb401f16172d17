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
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;

/**
 * A socket with a stream of bytes each way.
 *
 * <p>A read returns what there is, and waits only while there is nothing; {@code readFully} fills
 * its target. {@link Ipc#EOF} comes when the peer has closed its end, or its output, and everything
 * was read. A write returns when all bytes are on their way. When the peer is gone, a write throws
 * {@link PeerGoneException} and no signal ends the JVM; so does a read of a peer that has closed
 * without reading everything.
 *
 * <p>Native segments and direct buffers go to and come from the kernel as they are; what is on the
 * heap is copied, in pieces. With segments nothing is allocated per call on a platform thread. A
 * segment must stay alive until the call returns.
 *
 * <p>Thread-safe, with one direction independent of the other. A call that waits blocks its
 * platform thread in the one system call; a virtual thread parks and leaves its carrier to others.
 * Closing the handle ends it with {@link ClosedException}. An interrupt ends it with {@link
 * InterruptedException} if no byte was moved yet; else it returns the count, and the thread's
 * interrupt status is set. The methods of the channel interfaces throw {@link
 * InterruptedCallException} instead, with that status set; the handle stays open.
 */
public abstract sealed class StreamSocketChannel
        implements Pollable, ByteChannel, ScatteringByteChannel, GatheringByteChannel
        permits UnixSocketChannel, VsockChannel {

    final PosixSocket socket;
    final StreamOutput output;
    private final StreamInput input;

    StreamSocketChannel(PosixSocket socket) {
        this.socket = socket;
        this.input = new StreamInput(socket);
        this.output = new StreamOutput(socket);
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
     * Ends receiving, for all processes that have this socket: what comes from now on is refused,
     * and the peer's sends fail. What came before can be read; then there is the end.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public void shutdownInput() throws IpcException {
        socket.shutdownInput();
    }

    /**
     * Ends sending, for all processes that have this socket: the peer reads what was sent, and then
     * the end. A send throws {@link io.chagres.PeerGoneException} from now on.
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
     * Gives the descriptor to the caller, who must close it. This handle is closed, and a path that
     * it is bound to stays.
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
     * Closes the socket, and removes the path that it is bound to, if it still is this socket's.
     * Idempotent; wakes the calls that wait, which throw {@link ClosedException}.
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
        return getClass().getSimpleName() + "[" + socket.name() + "]";
    }
}
