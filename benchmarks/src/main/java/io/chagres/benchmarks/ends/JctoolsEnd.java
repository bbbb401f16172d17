// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.SpscArrayQueue;

/**
 * Two threads with a queue of JCTools each way, which hands over references: so the messages are
 * copied into memory that both know, and out of it.
 */
final class JctoolsEnd extends PollingEnd {

    private final Lane to;
    private final Lane from;

    JctoolsEnd(Role role) {
        this(role, new Lane(role.size()), new Lane(role.size()));
    }

    private JctoolsEnd(Role role, Lane to, Lane from) {
        super(role);
        this.to = to;
        this.from = from;
    }

    /** A queue, and the memory of its messages. */
    private static final class Lane {

        private static final int BYTES = 256 * 1024;
        private static final int FEWEST = 8;
        private static final int LINE = 64;

        private final MessagePassingQueue<MemorySegment> queue;

        /**
         * Twice what the queue holds: one is being written and one read while it is full, and a
         * power of two.
         */
        private final MemorySegment[] pool;

        private int next;

        Lane(int size) {
            int capacity = Math.max(FEWEST, Integer.highestOneBit(BYTES / size) / 2);
            queue = new SpscArrayQueue<>(capacity);
            pool = new MemorySegment[2 * queue.capacity()];
            for (int i = 0; i < pool.length; i++) {
                pool[i] = Arena.global().allocate(size, LINE);
            }
        }

        boolean offer(MemorySegment message) {
            MemorySegment free = pool[next];
            free.copyFrom(message);
            if (!queue.offer(free)) {
                return false;
            }
            next = (next + 1) & (pool.length - 1);
            return true;
        }

        boolean poll(MemorySegment answer) {
            MemorySegment full = queue.poll();
            if (full == null) {
                return false;
            }
            answer.copyFrom(full);
            return true;
        }
    }

    @Override
    End twin() {
        return new JctoolsEnd(new Role(role.name(), false, size), from, to);
    }

    @Override
    void create() {
        // the constructor has
    }

    @Override
    void join() {
        // both have them already
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    boolean offer() {
        return to.offer(message);
    }

    @Override
    int poll(int limit) {
        return from.poll(answer) ? 1 : 0;
    }
}
