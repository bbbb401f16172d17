// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The life of a handle in one word: a closing bit and the number of callers inside.
 *
 * <p>The descriptor may be closed by whoever is told so, exactly once and with nobody inside: by
 * the closer if the handle is idle, else by the caller that leaves last. So its number cannot be
 * reused by another open while a call still has it. Thread-safe; no method blocks.
 */
public final class HandleState {

    private static final int CLOSING = Integer.MIN_VALUE;

    private final AtomicInteger word = new AtomicInteger();

    /** Enters; false when the handle is closing. After true, {@link #leave} must follow. */
    public boolean enter() {
        int seen = word.get();
        while (seen >= 0) {
            int witness = word.compareAndExchange(seen, seen + 1);
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    /** Leaves; true when the caller must close the descriptor now. */
    public boolean leave() {
        return word.decrementAndGet() == CLOSING;
    }

    /** Lets nobody in any more; true when the caller must close the descriptor now. */
    public boolean close() {
        int seen = word.get();
        while (!word.compareAndSet(seen, seen | CLOSING)) {
            seen = word.get();
        }
        return seen == 0;
    }

    /**
     * Lets nobody in any more, and leaves the descriptor open for whoever takes it over; false, and
     * nothing has changed, when callers are inside or it is closing.
     */
    public boolean detach() {
        return word.compareAndSet(0, CLOSING);
    }

    /** Whether {@link #close} or {@link #detach} was called. */
    public boolean isClosing() {
        return word.get() < 0;
    }

    /** Whether a caller is inside. */
    public boolean isOccupied() {
        return (word.get() & ~CLOSING) != 0;
    }
}
