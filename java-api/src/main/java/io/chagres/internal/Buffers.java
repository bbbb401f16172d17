// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several buffers as one block of memory, which is what goes to or comes from the system: so that
 * it goes in one system call, whole where a single write of that length is.
 */
final class Buffers implements AutoCloseable {

    private static final int BLOCK_SIZE = 16 * 1024;

    private final List<ByteBuffer> buffers;
    private final MemorySegment block;
    private @Nullable Scratch scratch;

    private Buffers(List<ByteBuffer> buffers) {
        this.buffers = buffers;
        long remaining = 0;
        for (ByteBuffer each : buffers) {
            remaining += each.remaining();
        }
        long size = Math.min(remaining, BLOCK_SIZE);
        Scratch lent = Scratch.of(size);
        scratch = lent;
        block = lent.segment().asSlice(0, size);
    }

    /** Those of a range that is checked. */
    static Buffers of(ByteBuffer[] all, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, all.length);
        return new Buffers(List.of(all).subList(offset, offset + length));
    }

    /** Before a read. */
    void requireWritable() {
        if (buffers.stream().anyMatch(ByteBuffer::isReadOnly)) {
            throw new IllegalArgumentException("a buffer is read-only");
        }
    }

    /** Of as many bytes as there are between positions and limits, but not too many. */
    MemorySegment block() {
        return block;
    }

    /** Copies from the positions on as much as the block holds; they stay. */
    MemorySegment gathered() {
        long at = 0;
        for (ByteBuffer each : buffers) {
            long count = Math.min(each.remaining(), block.byteSize() - at);
            MemorySegment.copy(MemorySegment.ofBuffer(each), 0, block, at, count);
            at += count;
        }
        return block;
    }

    /** Copies the block's first bytes into the buffers and moves their positions. */
    void scatter(long count) {
        long at = 0;
        for (ByteBuffer each : buffers) {
            long part = Math.min(each.remaining(), count - at);
            if (part > 0) {
                MemorySegment.copy(block, at, MemorySegment.ofBuffer(each), 0, part);
                each.position(each.position() + (int) part);
                at += part;
            }
        }
    }

    /** Moves the positions by what was written. */
    void advance(long count) {
        long rest = count;
        for (ByteBuffer each : buffers) {
            int part = (int) Math.min(each.remaining(), Math.max(0, rest));
            each.position(each.position() + part);
            rest -= part;
        }
    }

    /** Moves the position of one buffer by what an operation returned, if that is a count. */
    static int advance(ByteBuffer buffer, long count) {
        if (count > 0) {
            buffer.position(buffer.position() + (int) count);
        }
        return (int) count;
    }

    @Override
    public void close() {
        Scratch lent = scratch;
        if (lent != null) {
            scratch = null;
            lent.close();
        }
    }
}
