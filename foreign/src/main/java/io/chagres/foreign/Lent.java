// SPDX-License-Identifier: Apache-2.0
package io.chagres.foreign;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one kind (native memory, and what is made of it), lent to the calling thread without
 * an allocation per call.
 *
 * <p>A platform thread owns one for its life and always gets that one. Virtual threads come by the
 * million, so they borrow from a small pool instead: with one for each of them memory grew by
 * hundreds of megabytes.
 *
 * <p>{@link #borrow} and {@link #giveBack} belong into one {@code try}/{@code finally}, with
 * nothing between them that borrows from the same instance on the same thread. Thread-safe; neither
 * blocks.
 *
 * @param <T> what is lent
 */
public final class Lent<T> {

    private static final int POOL_SIZE = 64; // a power of two
    private static final int STRIDE = 16; // references to a cache line

    private final Supplier<T> maker;
    private final ThreadLocal<T> own;
    private final AtomicReferenceArray<@Nullable T> pool =
            new AtomicReferenceArray<>(POOL_SIZE * STRIDE);

    /**
     * @param maker makes one; it must free itself when nobody holds it any more, since a thread
     *     does not announce its end
     */
    public Lent(Supplier<T> maker) {
        this.maker = maker;
        this.own = ThreadLocal.withInitial(maker);
    }

    /** One for the calling thread, as its last borrower has left it. */
    public T borrow() {
        Thread current = Thread.currentThread();
        if (!current.isVirtual()) {
            return own.get();
        }
        T pooled = pool.getAndSet(slot(current), null);
        return pooled != null ? pooled : maker.get();
    }

    /**
     * Ends what {@link #borrow} began.
     *
     * @param lent what it returned, to the same thread
     */
    public void giveBack(T lent) {
        Thread current = Thread.currentThread();
        if (current.isVirtual()) {
            pool.lazySet(slot(current), lent);
        }
    }

    private static int slot(Thread thread) {
        return ((int) thread.threadId() & (POOL_SIZE - 1)) * STRIDE;
    }
}
