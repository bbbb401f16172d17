// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.shm.MapOptions;
import io.chagres.shm.Mapping;
import io.chagres.shm.Seal;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.socket.PassedDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;

/**
 * What is passed through a socket as a descriptor: a memfd that nobody can change any more. It
 * begins with a number, which is told nowhere else, and the rest follows from that. The C peers
 * have the same in {@code native/peers/unix.h}.
 */
final class UnixLetter {

    private static final int SIZE = 4096;
    private static final Set<Seal> SEALS = Set.of(Seal.SHRINK, Seal.GROW, Seal.WRITE, Seal.SEAL);

    private UnixLetter() {}

    /**
     * Writes one.
     *
     * @param direction {@link Payload#REQUEST} or {@link Payload#REPLY}
     */
    static SharedMemory write(long number, int direction) throws IOException {
        SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(SIZE));
        try {
            try (Mapping mapping = memory.map()) {
                fill(mapping.segment(), number, direction);
            }
            memory.seal(SEALS);
            return memory;
        } catch (IOException e) {
            memory.close();
            throw e;
        }
    }

    private static void fill(MemorySegment letter, long number, int direction) {
        letter.set(ValueLayout.JAVA_LONG, 0, number);
        Payload.fill(letter.asSlice(Long.BYTES), number, direction);
    }

    /** Passes one with every byte right, and says its number. */
    static long read(PassedDescriptor passed, int direction) throws IOException {
        try (SharedMemory memory = passed.as(SharedMemory::adopt)) {
            memory.requireSeals(SEALS);
            if (memory.size() != SIZE) {
                throw new WrongPayloadException(
                        "the memory that was passed has " + memory.size() + " bytes, not " + SIZE);
            }
            try (Mapping mapping = memory.map(MapOptions.readOnly());
                    Arena arena = Arena.ofConfined()) {
                long number = mapping.segment().get(ValueLayout.JAVA_LONG, 0);
                MemorySegment expected = arena.allocate(SIZE, Long.BYTES);
                fill(expected, number, direction);
                long wrong = expected.mismatch(mapping.segment());
                if (wrong >= 0) {
                    throw new WrongPayloadException(
                            "the memory that was passed is wrong at byte " + wrong);
                }
                return number;
            }
        }
    }
}
