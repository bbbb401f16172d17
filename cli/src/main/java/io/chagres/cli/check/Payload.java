// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the messages of a check hold, so that each side can verify every byte of the other: the
 * length and the bytes follow from a message's number and direction. The C peers compute the same
 * in {@code native/peers/peer.h}.
 */
final class Payload {

    static final int FIXED_LENGTH = 64;
    static final int REQUEST = 1;
    static final int REPLY = 2;

    private static final int DIRECTIONS = 4;
    private static final int LENGTH_PERIOD = 16;

    private Payload() {}

    /** The length of a message of varying length: now and then the longest and the shortest. */
    static int variedLength(long number, int max) {
        return switch ((int) (number % LENGTH_PERIOD)) {
            case 0 -> max;
            case 1 -> 1;
            default -> 1 + (int) Long.remainderUnsigned(mix(number), max);
        };
    }

    static void fill(MemorySegment message, long number, int direction) {
        for (long p = 0; p < message.byteSize(); p++) {
            message.set(ValueLayout.JAVA_BYTE, p, at(number, direction, p));
        }
    }

    /** Passes a message that has the right length and bytes. */
    static void verify(MemorySegment message, long number, int direction, int length)
            throws IOException {
        if (message.byteSize() != length) {
            throw new WrongPayloadException(
                    "message " + number + " has " + message.byteSize() + " bytes, not " + length);
        }
        for (long p = 0; p < length; p++) {
            if (message.get(ValueLayout.JAVA_BYTE, p) != at(number, direction, p)) {
                throw new WrongPayloadException("message " + number + " is wrong at byte " + p);
            }
        }
    }

    private static byte at(long number, int direction, long position) {
        long word = mix(mix(number * DIRECTIONS + direction) + position / Long.BYTES);
        return (byte) (word >>> (position % Long.BYTES * Byte.SIZE));
    }

    /** The finalizer of splitmix64. */
    private static long mix(long seed) {
        long x = seed + 0x9E3779B97F4A7C15L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
