// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.foreign.Lent;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for one operation on a heap segment, which the operating system cannot be given. Up
 * to {@value #BLOCK_SIZE} bytes are lent to the thread, more come from an arena that ends with the
 * operation.
 */
public final class Scratch implements AutoCloseable {

    private static final int BLOCK_SIZE = 16 * 1024;
    private static final Lent<Scratch> LENT = new Lent<>(Scratch::new);

    private final MemorySegment block = Arena.ofAuto().allocate(BLOCK_SIZE, Long.BYTES);
    private @Nullable Arena arena;
    private MemorySegment segment = block;

    private Scratch() {}

    /** Of at least so many bytes, with undefined content. */
    public static Scratch of(long size) {
        Scratch scratch = LENT.borrow();
        if (size > BLOCK_SIZE) {
            Arena arena = Arena.ofConfined();
            scratch.arena = arena;
            scratch.segment = arena.allocate(size, Long.BYTES);
        }
        return scratch;
    }

    /** The memory; valid until {@link #close}. */
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        Arena ended = arena;
        if (ended != null) {
            arena = null;
            segment = block;
            ended.close();
        }
        LENT.giveBack(this);
    }
}
