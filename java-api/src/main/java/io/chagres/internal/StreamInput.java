// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * How a stream of bytes is read into what users have: segments and buffers, some or all, as the
 * typed methods do it and as a channel does. Thread-safe.
 */
public final class StreamInput {

    private static final String READ = "read";

    private final ByteSource source;

    /**
     * That of a handle.
     *
     * @param source of the bytes
     */
    public StreamInput(ByteSource source) {
        this.source = source;
    }

    /** What there is; for a segment of size 0 nothing, without waiting. */
    public long read(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        check(target);
        return target.byteSize() == 0 ? 0 : source.read(target, deadline);
    }

    /** What there is now. */
    public long tryRead(MemorySegment target) throws IpcException {
        try {
            return read(target, Deadline.NOW);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    /**
     * The whole segment. An interrupt after the first byte ends it with the count so far, and the
     * thread's interrupt status set.
     *
     * @throws PeerGoneException when the stream ends after the first byte
     */
    public long readFully(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        check(target);
        long size = target.byteSize();
        long done = 0;
        while (done < size) {
            long count;
            try {
                count = source.read(done == 0 ? target : target.asSlice(done), deadline);
            } catch (InterruptedException e) {
                if (done == 0) {
                    throw e;
                }
                Thread.currentThread().interrupt();
                return done;
            }
            if (count < 0) {
                return ended(count, done, size);
            }
            done += count;
        }
        return done;
    }

    /** As {@link #read(MemorySegment, long)}, from the position on, which moves. */
    public int read(ByteBuffer target, long deadline) throws IpcException, InterruptedException {
        return Buffers.advance(target, read(MemorySegment.ofBuffer(target), deadline));
    }

    /** What there is now, from the position on, which moves. */
    public int tryRead(ByteBuffer target) throws IpcException {
        return Buffers.advance(target, tryRead(MemorySegment.ofBuffer(target)));
    }

    /** As a channel reads. */
    public int readOfChannel(ByteBuffer target) throws IpcException {
        return Buffers.advance(target, readOfChannel(MemorySegment.ofBuffer(target)));
    }

    /** As a channel reads into several buffers: what one system call gives. */
    public long readOfChannel(ByteBuffer[] targets, int offset, int length) throws IpcException {
        try (Buffers buffers = Buffers.of(targets, offset, length)) {
            buffers.requireWritable();
            long count = readOfChannel(buffers.block());
            buffers.scatter(count);
            return count;
        }
    }

    private long readOfChannel(MemorySegment target) throws IpcException {
        try {
            return read(target, Deadline.NEVER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedCallException(READ, source.name());
        }
    }

    private long ended(long result, long done, long size) throws PeerGoneException {
        if (done == 0) {
            return result;
        }
        if (result == Ipc.EOF) {
            String detail = "the stream ended after " + done + " of " + size + " bytes";
            throw new PeerGoneException(READ, source.name(), 0, "", detail, done);
        }
        return done;
    }

    private void check(MemorySegment target) throws ClosedException {
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("the target is read-only");
        }
        if (!source.isOpen()) {
            throw new ClosedException(READ, source.name());
        }
    }
}
