// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A ring of the Disruptor, whose events are memory for a message, and how far its only consumer is.
 * The consumer does what the library's own event processor does, which waits inside of the library
 * and calls back: here it is asked.
 */
final class DisruptorLane implements Lane {

    private final RingBuffer<MemorySegment> ring;
    private final Sequence consumed = new Sequence();

    DisruptorLane(int size) {
        ring =
                RingBuffer.createSingleProducer(
                        () -> Arena.global().allocate(size, LINE),
                        Math.max(Ring.FEWEST_SLOTS, Integer.highestOneBit(Ring.MOST_BYTES / size)),
                        new BusySpinWaitStrategy());
        ring.addGatingSequences(consumed);
    }

    @Override
    public boolean offer(MemorySegment message) {
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
    @Override
    public int poll(MemorySegment answer, int limit) {
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
