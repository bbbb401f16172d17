// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Two threads with a ring of the Disruptor each way, whose events are memory for a message. The
 * consumer does what the library's own event processor does, which waits inside of the library and
 * calls back: here it is asked.
 */
final class DisruptorEnd extends PollingEnd {

    private final Lane to;
    private final Lane from;

    DisruptorEnd(Role role) {
        this(role, new Lane(role.size()), new Lane(role.size()));
    }

    private DisruptorEnd(Role role, Lane to, Lane from) {
        super(role);
        this.to = to;
        this.from = from;
    }

    /** A ring, and how far its only consumer is. */
    private static final class Lane {

        private static final int BYTES = 256 * 1024;
        private static final int FEWEST = 8;
        private static final int LINE = 64;

        private final RingBuffer<MemorySegment> ring;
        private final Sequence consumed = new Sequence();

        Lane(int size) {
            ring =
                    RingBuffer.createSingleProducer(
                            () -> Arena.global().allocate(size, LINE),
                            Math.max(FEWEST, Integer.highestOneBit(BYTES / size)),
                            new BusySpinWaitStrategy());
            ring.addGatingSequences(consumed);
        }

        boolean offer(MemorySegment message) {
            // next() would park if there were no room
            if (!ring.hasAvailableCapacity(1)) {
                return false;
            }
            long sequence = ring.next();
            ring.get(sequence).copyFrom(message);
            ring.publish(sequence);
            return true;
        }

        /** All that have come are handed back at once, as a batch. */
        int poll(MemorySegment answer, int limit) {
            long before = consumed.get();
            long last = Math.min(ring.getCursor(), before + limit);
            for (long sequence = before + 1; sequence <= last; sequence++) {
                answer.copyFrom(ring.get(sequence));
            }
            if (last > before) {
                consumed.set(last);
            }
            return (int) (last - before);
        }
    }

    @Override
    End twin() {
        return new DisruptorEnd(new Role(role.name(), false, size), from, to);
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
        return from.poll(answer, limit);
    }
}
