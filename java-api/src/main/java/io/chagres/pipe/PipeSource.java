// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import io.chagres.event.Pollable;
import io.chagres.internal.Deadline;
import io.chagres.internal.PipeBackend;
import io.chagres.internal.StreamInput;
import io.chagres.internal.platform.Backends;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;

/**
 * The end of a pipe or FIFO that is read: of an {@link AnonymousPipe}, or opened with {@link Fifo}.
 *
 * <p>A read returns what there is, and waits only while there is nothing. {@code readFully} fills
 * its target: with it, frames of a known length are whole or reported as broken. {@link Ipc#EOF}
 * comes when no writer has the pipe open any more, in any process, and everything was read. A FIFO
 * goes on when another writer opens it.
 *
 * <p>Native segments and direct buffers are filled by the kernel itself; what is on the heap is
 * copied, in pieces. With segments nothing is allocated per call. A segment must stay alive until
 * the call returns.
 *
 * <p>Thread-safe; of several readers each byte goes to one. A call that waits blocks its platform
 * thread in the one system call; a virtual thread parks and leaves its carrier to others. Closing
 * the handle ends it with {@link ClosedException}, an interrupt with {@link InterruptedException};
 * nothing was read then. The methods of the channel interfaces, which cannot throw that, throw
 * {@link InterruptedCallException}, and the thread's interrupt status stays set; the handle stays
 * open in both cases.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 */
public final class PipeSource implements Pollable, ScatteringByteChannel {

    private final PipeBackend.Source source;
    private final StreamInput input;

    PipeSource(PipeBackend.Source source) {
        this.source = source;
        this.input = new StreamInput(source);
    }

    /**
     * Takes over a descriptor of a pipe or FIFO that is open already, such as one that was
     * inherited. It is made close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return a handle to read from it
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no pipe, or not open for reading; it is left open
     */
    public static PipeSource adopt(int fd) throws IpcException {
        return new PipeSource(Backends.pipes().adoptSource(fd));
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
     * {@return the bytes that the pipe holds before a writer waits}
     *
     * @throws IpcException when it fails
     */
    public int capacity() throws IpcException {
        return source.capacity();
    }

    /**
     * Changes the capacity, for both ends.
     *
     * @param capacity the bytes that the pipe is to hold at least
     * @return what it has got: a power of two of pages
     * @throws IllegalArgumentException when it is not positive
     * @throws io.chagres.LimitExceededException when it is above {@code fs.pipe-max-size}, or the
     *     user has too many large pipes
     * @throws IpcException {@code EBUSY} when more than that is in the pipe
     */
    public int capacity(int capacity) throws IpcException {
        return source.capacity(Capacity.positive(capacity));
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return source.borrow();
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
        return source.detach();
    }

    @Override
    public boolean isOpen() {
        return source.isOpen();
    }

    /**
     * Closes this end. Writers find the pipe broken when no other reader has it open. Idempotent;
     * wakes the calls that wait, which throw {@link ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        source.close();
    }

    /** What it is an end of. */
    @Override
    public String toString() {
        return "PipeSource[" + source.name() + "]";
    }
}
