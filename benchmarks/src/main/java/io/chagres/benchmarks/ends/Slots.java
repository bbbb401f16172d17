// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.lang.foreign.MemorySegment;

/**
 * One end's view of a few slots in shared memory, whose turns semaphores count. They are the same
 * as in {@code native/baselines/posix-sem.c}.
 */
final class Slots {

    private static final int LINE = 64;
    private static final int COUNT = 16;

    /** One is for the message that begins a stream, which waits for none to be free. */
    static final int FREE = COUNT - 1;

    private final MemorySegment memory;
    private final int size;
    private long next;

    /**
     * Of shared memory.
     *
     * @param memory of {@link #bytes}
     * @param size bytes of a message
     */
    Slots(MemorySegment memory, int size) {
        this.memory = memory;
        this.size = size;
    }

    /** What slots for messages of this size need. */
    static long bytes(int size) {
        return COUNT * stride(size);
    }

    private static long stride(int size) {
        return ((long) size + LINE - 1) / LINE * LINE;
    }

    /** Puts a message into the next slot. */
    void put(MemorySegment message) {
        MemorySegment.copy(message, 0, memory, nextSlot(), size);
    }

    /** Takes the message out of the next slot. */
    void take(MemorySegment answer) {
        MemorySegment.copy(memory, nextSlot(), answer, 0, size);
    }

    private long nextSlot() {
        return (next++ & (COUNT - 1)) * stride(size);
    }
}
