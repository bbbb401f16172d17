// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.nio.MappedByteBuffer;
import java.util.function.Function;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's ring buffers. */
final class AgronaEnd extends MappedEnd {

    /** The longest message is this part of the capacity. */
    private static final int LONGEST_SHARE = 8;

    private static final int MESSAGE_TYPE = 1;

    private final Function<AtomicBuffer, RingBuffer> ring;
    private final UnsafeBuffer out = new UnsafeBuffer(message.asByteBuffer());
    private final UnsafeBuffer in = new UnsafeBuffer(answer.asByteBuffer());

    /** Made once, as the documents advise. */
    private final MessageHandler handler =
            (type, buffer, index, length) -> in.putBytes(0, buffer, index, length);

    @SuppressWarnings("NullAway.Init") // by join
    private RingBuffer to;

    @SuppressWarnings("NullAway.Init")
    private RingBuffer from;

    private AgronaEnd(Role role, Function<AtomicBuffer, RingBuffer> ring) {
        super(role);
        this.ring = ring;
    }

    static End oneToOne(Role role) {
        return new AgronaEnd(role, OneToOneRingBuffer::new);
    }

    static End manyToOne(Role role) {
        return new AgronaEnd(role, ManyToOneRingBuffer::new);
    }

    @Override
    int fileBytes() {
        int longest = Integer.highestOneBit(2 * size - 1);
        return Math.max(Ring.MOST_BYTES, LONGEST_SHARE * longest)
                + RingBufferDescriptor.TRAILER_LENGTH;
    }

    @Override
    void use(MappedByteBuffer toMemory, MappedByteBuffer fromMemory) {
        to = ring.apply(new UnsafeBuffer(toMemory));
        from = ring.apply(new UnsafeBuffer(fromMemory));
    }

    @Override
    boolean offer() {
        return to.write(MESSAGE_TYPE, out, 0, size);
    }

    @Override
    int poll(int limit) {
        return from.read(handler, limit);
    }
}
