// SPDX-License-Identifier: Apache-2.0
package io.chagres.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of native memory of one size, lent to the calling thread without an allocation per call.
 *
 * <p>A platform thread owns one block for its life and always gets that one. Virtual threads come
 * by the million, so they borrow from a small pool instead: with a block for each of them memory
 * grew by hundreds of megabytes.
 *
 * <p>{@link #borrow} and {@link #giveBack} belong into one {@code try}/{@code finally} with nothing
 * between them that may park or call foreign code that borrows from the same instance. Thread-safe;
 * neither method blocks.
 */
public final class LentBlocks {

    private static final int POOL_SIZE = 64; // a power of two
    private static final int STRIDE = 16; // references to a cache line

    private final long size;
    private final long alignment;
    private final ThreadLocal<MemorySegment> own;
    private final AtomicReferenceArray<@Nullable MemorySegment> pool =
            new AtomicReferenceArray<>(POOL_SIZE * STRIDE);

    /**
     * @param size bytes in a block
     * @param alignment of a block, in bytes
     */
    public LentBlocks(long size, long alignment) {
        this.size = size;
        this.alignment = alignment;
        this.own = ThreadLocal.withInitial(this::allocate);
    }

    /** The size of a block in bytes. */
    public long size() {
        return size;
    }

    /** A block for the calling thread, with undefined content. */
    public MemorySegment borrow() {
        Thread current = Thread.currentThread();
        if (!current.isVirtual()) {
            return own.get();
        }
        MemorySegment pooled = pool.getAndSet(slot(current), null);
        return pooled != null ? pooled : allocate();
    }

    /**
     * Ends what {@link #borrow} began.
     *
     * @param block what it returned, to the same thread
     */
    public void giveBack(MemorySegment block) {
        Thread current = Thread.currentThread();
        if (current.isVirtual()) {
            pool.lazySet(slot(current), block);
        }
    }

    private static int slot(Thread thread) {
        return ((int) thread.threadId() & (POOL_SIZE - 1)) * STRIDE;
    }

    /** Freed by the garbage collector, since a thread does not announce its end. */
    private MemorySegment allocate() {
        return Arena.ofAuto().allocate(size, alignment);
    }
}
