// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * How a stream of bytes is written from what users have: segments and buffers, all of it or what
 * there is room for, as the typed methods do it and as a channel does. Thread-safe.
 */
public final class StreamOutput {

    private static final String WRITE = "write";

    private final ByteSink sink;

    /**
     * That of a handle.
     *
     * @param sink for the bytes
     */
    public StreamOutput(ByteSink sink) {
        this.sink = sink;
    }

    /**
     * All bytes, or those until the deadline or an interrupt, which then is the thread's status.
     *
     * @throws PeerGoneException when nobody is left to read; it has the number of bytes before
     */
    public long write(MemorySegment source, long deadline)
            throws IpcException, InterruptedException {
        return write(source, 0, deadline);
    }

    /** The same from an offset on, with what went before counted. */
    public long write(MemorySegment source, long offset, long deadline)
            throws IpcException, InterruptedException {
        long size = source.byteSize();
        if (size == 0 && !sink.isOpen()) {
            throw new ClosedException(WRITE, sink.name());
        }
        long done = offset;
        while (done < size) {
            long count;
            try {
                count = sink.write(source, done, deadline);
            } catch (InterruptedException e) {
                if (done == 0) {
                    throw e;
                }
                Thread.currentThread().interrupt();
                return done;
            } catch (PeerGoneException e) {
                throw done == 0 ? e : after(done, e);
            }
            if (count < 0) {
                return done == 0 ? count : done;
            }
            done += count;
        }
        return done;
    }

    /** What there is room for now. */
    public long tryWrite(MemorySegment source) throws IpcException {
        try {
            return write(source, Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /** As {@link #write(MemorySegment, long)}, from the position on, which moves. */
    public int write(ByteBuffer source, long deadline) throws IpcException, InterruptedException {
        try {
            return Buffers.advance(source, write(MemorySegment.ofBuffer(source), deadline));
        } catch (PeerGoneException e) {
            Buffers.advance(source, e.transferred());
            throw e;
        }
    }

    /** What there is room for now, from the position on, which moves. */
    public int tryWrite(ByteBuffer source) throws IpcException {
        return Buffers.advance(source, tryWrite(MemorySegment.ofBuffer(source)));
    }

    /** As a channel writes. */
    public int writeOfChannel(ByteBuffer source) throws IpcException {
        try {
            return Buffers.advance(source, writeOfChannel(MemorySegment.ofBuffer(source)));
        } catch (PeerGoneException e) {
            Buffers.advance(source, e.transferred());
            throw e;
        }
    }

    /** As a channel writes several buffers, one after the other. */
    public long writeOfChannel(ByteBuffer[] sources, int offset, int length) throws IpcException {
        long done = 0;
        while (true) {
            try (Buffers buffers = Buffers.of(sources, offset, length)) {
                MemorySegment block = buffers.gathered();
                long count = done == 0 ? writeOfChannel(block) : writeOn(block, done);
                buffers.advance(count);
                done += count;
                if (count < block.byteSize() || block.byteSize() == 0) {
                    return done;
                }
            }
        }
    }

    private static PeerGoneException after(long done, PeerGoneException e) {
        String detail = "no reader is left after " + done + " bytes";
        return new PeerGoneException(
                e.operation(), e.objectName(), e.code(), e.symbol(), detail, done);
    }

    private long writeOfChannel(MemorySegment source) throws IpcException {
        try {
            return write(source, Deadline.NEVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedCallException(WRITE, sink.name());
        }
    }

    /** Another block of several: what went before counts. */
    private long writeOn(MemorySegment source, long before) throws IpcException {
        try {
            return write(source, Deadline.NEVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (PeerGoneException e) {
            throw after(before + e.transferred(), e);
        }
    }
}
