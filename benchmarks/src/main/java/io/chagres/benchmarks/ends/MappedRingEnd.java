// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;

/** {@link MappedRing}. */
final class MappedRingEnd extends MappedEnd {

    private final ByteBuffer out = message.asByteBuffer();
    private final ByteBuffer in = answer.asByteBuffer();

    @SuppressWarnings("NullAway.Init") // by join
    private MappedRing to;

    @SuppressWarnings("NullAway.Init")
    private MappedRing from;

    MappedRingEnd(Role role) {
        super(role);
    }

    @Override
    int fileBytes() {
        return MappedRing.bytes(size);
    }

    @Override
    void use(MappedByteBuffer toMemory, MappedByteBuffer fromMemory) {
        to = new MappedRing(toMemory, size);
        from = new MappedRing(fromMemory, size);
    }

    @Override
    boolean offer() {
        return to.offer(out);
    }

    @Override
    int poll(int limit) {
        return from.poll(in) ? 1 : 0;
    }
}
