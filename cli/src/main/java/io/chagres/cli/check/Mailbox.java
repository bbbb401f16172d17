// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * Messages one way through shared memory, one at a time: a slot, and two semaphores that say whose
 * it is. The C peers do the same with {@code native/peers/mailbox.h}.
 *
 * <p>The slot holds the length of the message, an unsigned number of four bytes in the machine's
 * order, four bytes without meaning, and the message. The sender waits for {@code empty}, fills the
 * slot and releases {@code full}; the receiver the other way round. Of a new mailbox {@code empty}
 * is 1 and {@code full} is 0.
 */
final class Mailbox {

    /** A semaphore that both sides have. */
    interface Semaphore {
        /**
         * Takes one, and waits for it if need be.
         *
         * @return false when there was none in time
         */
        boolean acquire(Duration timeout) throws IOException, InterruptedException;

        /** Gives one, which also hands on what was written to shared memory before. */
        void release() throws IOException;
    }

    private static final long PAYLOAD = 8;
    private static final VarHandle LENGTH = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment slot;
    private final Semaphore full;
    private final Semaphore empty;

    /**
     * @param slot shared memory of {@link #size} bytes, aligned to 8
     * @param full how many messages wait in it
     * @param empty how many more it takes
     */
    Mailbox(MemorySegment slot, Semaphore full, Semaphore empty) {
        this.slot = slot;
        this.full = full;
        this.empty = empty;
    }

    /** How large a slot is, so that another can follow it. */
    static long size(int maxMessage) {
        return PAYLOAD + (maxMessage + PAYLOAD - 1) / PAYLOAD * PAYLOAD;
    }

    /** As {@link Exchange#send}. */
    boolean send(MemorySegment message, Duration timeout) throws IOException, InterruptedException {
        int length = Math.toIntExact(message.byteSize());
        if (!empty.acquire(timeout)) {
            return false;
        }
        MemorySegment.copy(message, 0, slot, PAYLOAD, length);
        LENGTH.set(slot, 0L, length);
        full.release();
        return true;
    }

    /** As {@link Exchange#receive}. */
    int receive(MemorySegment buffer, Duration timeout) throws IOException, InterruptedException {
        if (!full.acquire(timeout)) {
            return Ipc.TIMED_OUT;
        }
        // Volatile, so that it is read once: the other side could change it after the comparison.
        int length = (int) LENGTH.getVolatile(slot, 0L);
        long max = Math.min(slot.byteSize() - PAYLOAD, buffer.byteSize());
        if (length < 0 || length > max) {
            throw new WrongPayloadException(
                    "the mailbox has a message of "
                            + Integer.toUnsignedString(length)
                            + " bytes; the longest has "
                            + max);
        }
        MemorySegment.copy(slot, PAYLOAD, buffer, 0, length);
        empty.release();
        return length;
    }
}
