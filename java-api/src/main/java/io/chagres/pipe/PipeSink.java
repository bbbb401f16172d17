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
import io.chagres.internal.StreamOutput;
import io.chagres.internal.platform.Backends;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.time.Duration;

/**
 * The end of a pipe or FIFO that is written: of an {@link AnonymousPipe}, or opened with {@link
 * Fifo}.
 *
 * <p>A write of at most {@value #ATOMIC} bytes is whole or nothing, whatever its kind, and what
 * others write never comes between its bytes. A longer one goes as the reader makes room, and may
 * be mixed with those of others.
 *
 * <p>When no reader has the pipe open any more, in any process, a write throws {@link
 * PeerGoneException}; no signal ends the JVM. Its {@link PeerGoneException#transferred} are bytes
 * that had gone into the pipe before, which nobody may have read.
 *
 * <p>Native segments and direct buffers go to the kernel as they are; what is on the heap is
 * copied, in pieces. With segments nothing is allocated per call. A segment must stay alive until
 * the call returns.
 *
 * <p>Thread-safe. A call that waits blocks its platform thread in the one system call; a virtual
 * thread parks and leaves its carrier to others. Closing the handle ends it with {@link
 * ClosedException}. An interrupt ends it with {@link InterruptedException} if nothing was written
 * yet; else it returns what was, and the thread's interrupt status is set. The methods of the
 * channel interfaces throw {@link InterruptedCallException} instead, with that status set. The
 * handle stays open.
 *
 * <p>As a channel of java.nio it differs in what it throws when it is closed or interrupted: {@link
 * ClosedException} and {@link InterruptedCallException}, which are no ClosedChannelException, and
 * an interrupt does not close it. A write that another thread ends by closing does not tell how
 * many bytes went before.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 */
public final class PipeSink implements Pollable, GatheringByteChannel {

    /** The bytes that a single write can have and be whole or nothing. */
    public static final int ATOMIC = 4096;

    private final PipeBackend.Sink sink;
    private final StreamOutput output;

    PipeSink(PipeBackend.Sink sink) {
        this.sink = sink;
        this.output = new StreamOutput(sink);
    }

    /**
     * Takes over a descriptor of a pipe or FIFO that is open already, such as one that was
     * inherited. It is made close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return a handle to write to it
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no pipe, or not open for writing; it is left open
     */
    public static PipeSink adopt(int fd) throws IpcException {
        return new PipeSink(Backends.pipes().adoptSink(fd));
    }

    /**
     * Writes all bytes, waiting until they are in the pipe.
     *
     * @param source all of its bytes; of size 0 it writes nothing
     * @return the source's size. When the thread is interrupted after the first byte, the count so
     *     far, and the thread's interrupt status is set
     * @throws PeerGoneException when no reader is left; it has the number of bytes written before
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
     * @throws PeerGoneException when no reader is left; it has the number of bytes written before
     * @throws IllegalStateException when the source's arena is closed
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public long write(MemorySegment source, Duration timeout)
            throws IpcException, InterruptedException {
        return output.write(source, Deadline.after(timeout));
    }

    /**
     * Writes what the pipe has room for now. Does not block.
     *
     * @param source all of its bytes; of size 0 it writes nothing
     * @return bytes written, at least one and, of at most {@value #ATOMIC}, all; or {@link
     *     Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when no reader is left
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
     * @throws PeerGoneException when no reader is left
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
     * @throws PeerGoneException when no reader is left
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public int write(byte[] source, Duration timeout) throws IpcException, InterruptedException {
        return (int) write(MemorySegment.ofArray(source), timeout);
    }

    /**
     * Writes of an array what the pipe has room for now, as {@link #tryWrite(MemorySegment)}.
     *
     * @param source all of its bytes
     * @return bytes written, or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when no reader is left
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
     * @throws PeerGoneException when no reader is left
     * @throws InterruptedException when the thread is interrupted; nothing was written
     * @throws IpcException when it fails
     */
    public int write(ByteBuffer source, Duration timeout)
            throws IpcException, InterruptedException {
        return output.write(source, Deadline.after(timeout));
    }

    /**
     * Writes of a buffer what the pipe has room for now, as {@link #tryWrite(MemorySegment)}; its
     * position moves by what was written.
     *
     * @param source a buffer of any kind
     * @return bytes written, or {@link Ipc#WOULD_BLOCK}
     * @throws PeerGoneException when no reader is left
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
     * @throws PeerGoneException when no reader is left
     * @throws IpcException when it fails
     */
    @Override
    public int write(ByteBuffer source) throws IpcException {
        return output.writeOfChannel(source);
    }

    /**
     * Writes several buffers, one after the other, as {@link #write(ByteBuffer)}. Up to {@value
     * #ATOMIC} bytes in all are whole or nothing.
     *
     * @param sources what to write
     * @param offset of the first buffer to use
     * @param length how many buffers to use
     * @return bytes written: all, or fewer after an interrupt, which stays the thread's status
     * @throws IndexOutOfBoundsException when there are not so many buffers
     * @throws InterruptedCallException when the thread is interrupted, which stays its status;
     *     nothing was written
     * @throws PeerGoneException when no reader is left
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
     * @throws PeerGoneException when no reader is left
     * @throws IpcException when it fails
     */
    @Override
    public long write(ByteBuffer[] sources) throws IpcException {
        return write(sources, 0, sources.length);
    }

    /**
     * {@return the bytes that the pipe holds before a writer waits}
     *
     * @throws IpcException when it fails
     */
    public int capacity() throws IpcException {
        return sink.capacity();
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
        return sink.capacity(Capacity.positive(capacity));
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return sink.borrow();
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
        return sink.detach();
    }

    @Override
    public boolean isOpen() {
        return sink.isOpen();
    }

    /**
     * Closes this end. Readers find the end of the stream when no other writer has the pipe open.
     * Idempotent; wakes the calls that wait, which throw {@link ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        sink.close();
    }

    /** What it is an end of. */
    @Override
    public String toString() {
        return "PipeSink[" + sink.name() + "]";
    }
}
