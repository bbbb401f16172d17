// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * One end's view of a ring of slots in shared memory, which both ends poll. A slot is a turn and a
 * message: the turn counts up by one when the message is there, and by one more when it is taken.
 * It is the same as in {@code native/baselines/ring.h}.
 */
final class Ring {

    private static final VarHandle TURN = ValueLayout.JAVA_LONG.varHandle();
    private static final int TURN_BYTES = Long.BYTES;
    private static final int LINE = 64;

    /** What all rings have if the messages are small: more leaves the cache, less stops often. */
    static final int MOST_BYTES = 256 * 1024;

    private static final int FEWEST_SLOT_BITS = 3;

    /** What they have if the messages are long. */
    static final int FEWEST_SLOTS = 1 << FEWEST_SLOT_BITS;

    private final MemorySegment memory;
    private final int size;
    private final Spin spin;
    private final long stride;

    /** The binary logarithm of how many slots there are. */
    private final int slotBits;

    /** The number of this end's next message. */
    private long next;

    /**
     * Of memory that was all zeros when the first of its ends began.
     *
     * @param memory of {@link #bytes}
     * @param role of the end, which has the size of a message
     */
    Ring(MemorySegment memory, Role role) {
        this.memory = memory;
        size = role.size();
        spin = new Spin(role);
        stride = stride(size);
        slotBits = slotBits(stride);
    }

    /** What a ring for messages of this size needs. */
    static long bytes(int size) {
        return stride(size) << slotBits(stride(size));
    }

    private static long stride(int size) {
        return ((long) TURN_BYTES + size + LINE - 1) / LINE * LINE;
    }

    private static int slotBits(long stride) {
        int bits = FEWEST_SLOT_BITS;
        while (stride << (bits + 1) <= MOST_BYTES) {
            bits++;
        }
        return bits;
    }

    /** Puts a message in, when there is room. */
    void put(MemorySegment message) {
        long number = next++;
        long slot = slot(number);
        long turn = turn(number);
        await(slot, turn);
        MemorySegment.copy(message, 0, memory, slot + TURN_BYTES, size);
        TURN.setRelease(memory, slot, turn + 1);
    }

    /** Takes the next message out, when it is there. */
    void take(MemorySegment answer) {
        long number = next++;
        long slot = slot(number);
        long turn = turn(number) + 1;
        await(slot, turn);
        MemorySegment.copy(memory, slot + TURN_BYTES, answer, 0, size);
        TURN.setRelease(memory, slot, turn + 1);
    }

    private long slot(long number) {
        return (number & ((1L << slotBits) - 1)) * stride;
    }

    private long turn(long number) {
        return (number >>> slotBits) * 2;
    }

    private void await(long slot, long turn) {
        for (int failed = 0; (long) TURN.getAcquire(memory, slot) != turn; failed++) {
            spin.pause(failed);
        }
    }
}
