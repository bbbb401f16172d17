// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.foreign.LentBlocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for one operation on a heap segment, which the operating system cannot be given. Up
 * to {@value #BLOCK_SIZE} bytes come from a block of the thread, more from an arena that ends with
 * it.
 */
public final class Scratch implements AutoCloseable {

    private static final int BLOCK_SIZE = 16 * 1024;
    private static final LentBlocks BLOCKS = new LentBlocks(BLOCK_SIZE, Long.BYTES);

    private final MemorySegment segment;
    private final @Nullable MemorySegment lent;
    private final @Nullable Arena arena;

    private Scratch(MemorySegment segment, @Nullable MemorySegment lent, @Nullable Arena arena) {
        this.segment = segment;
        this.lent = lent;
        this.arena = arena;
    }

    /** Of at least so many bytes, with undefined content. */
    public static Scratch of(long size) {
        if (size <= BLOCK_SIZE) {
            MemorySegment block = BLOCKS.borrow();
            return new Scratch(block, block, null);
        }
        Arena arena = Arena.ofConfined();
        return new Scratch(arena.allocate(size, Long.BYTES), null, arena);
    }

    /** The memory; valid until {@link #close}. */
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        if (lent != null) {
            BLOCKS.giveBack(lent);
        } else if (arena != null) {
            arena.close();
        }
    }
}
