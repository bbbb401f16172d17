// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What one writes with the JDK alone: slots of a turn and a message each. The turn is {@code 2n}
 * where the producer may write for the nth time, and {@code 2n + 1} where the consumer may read.
 */
final class MappedRing {

    private static final VarHandle TURN =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** A line of the cache. */
    private static final int ALIGNMENT = 64;

    private final ByteBuffer memory;
    private final int size;
    private final int stride;
    private final int mask;
    private final int shift;

    /** Of this side: messages that have gone through. */
    private long next;

    MappedRing(ByteBuffer memory, int size) {
        this.memory = memory;
        this.size = size;
        stride = stride(size);
        mask = slots(size) - 1;
        shift = Integer.numberOfTrailingZeros(slots(size));
    }

    static int bytes(int size) {
        return slots(size) * stride(size);
    }

    private static int slots(int size) {
        return Math.max(Ring.FEWEST_SLOTS, Integer.highestOneBit(Ring.MOST_BYTES / stride(size)));
    }

    private static int stride(int size) {
        return (Long.BYTES + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    boolean offer(ByteBuffer message) {
        int slot = slot();
        long free = free();
        if ((long) TURN.getAcquire(memory, slot) != free) {
            return false;
        }
        memory.put(slot + Long.BYTES, message, 0, size);
        TURN.setRelease(memory, slot, free + 1);
        next++;
        return true;
    }

    boolean poll(ByteBuffer answer) {
        int slot = slot();
        long full = free() + 1;
        if ((long) TURN.getAcquire(memory, slot) != full) {
            return false;
        }
        answer.put(0, memory, slot + Long.BYTES, size);
        TURN.setRelease(memory, slot, full + 1);
        next++;
        return true;
    }

    private int slot() {
        return ((int) next & mask) * stride;
    }

    private long free() {
        return 2 * (next >>> shift);
    }
}
