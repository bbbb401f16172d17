// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.SpscArrayQueue;

/**
 * A queue of JCTools, which hands over references: so the messages are copied into memory that both
 * threads know, and out of it.
 */
final class JctoolsLane implements Lane {

    private final MessagePassingQueue<MemorySegment> queue;

    /**
     * Twice what the queue holds: one is being written and one read while it is full, and a power
     * of two.
     */
    private final MemorySegment[] pool;

    private int next;

    JctoolsLane(int size) {
        int capacity =
                Math.max(Ring.FEWEST_SLOTS, Integer.highestOneBit(Ring.MOST_BYTES / size) / 2);
        queue = new SpscArrayQueue<>(capacity);
        pool = new MemorySegment[2 * queue.capacity()];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = Arena.global().allocate(size, LINE);
        }
    }

    @Override
    public boolean offer(MemorySegment message) {
        MemorySegment free = pool[next];
        free.copyFrom(message);
        if (!queue.offer(free)) {
            return false;
        }
        next = (next + 1) & (pool.length - 1);
        return true;
    }

    @Override
    public int poll(MemorySegment answer, int limit) {
        MemorySegment full = queue.poll();
        if (full == null) {
            return 0;
        }
        answer.copyFrom(full);
        return 1;
    }
}
