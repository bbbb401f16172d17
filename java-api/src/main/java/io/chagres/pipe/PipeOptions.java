// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

/**
 * How to open an anonymous pipe. Immutable; each method returns a changed copy.
 *
 * @param capacity the bytes that it holds at least; 0 for the system's default, normally 64 KiB
 * @param packets whether each write is read by itself
 */
public record PipeOptions(int capacity, boolean packets) {

    private static final PipeOptions DEFAULTS = new PipeOptions(0, false);

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException when the capacity is negative
     */
    public PipeOptions {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity " + capacity + " is negative");
        }
    }

    /** {@return a stream of bytes with the system's capacity} */
    public static PipeOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the capacity, which the system rounds up to a power of two of pages.
     *
     * @param capacity the bytes that the pipe holds at least
     * @return the changed copy
     * @throws IllegalArgumentException when it is not positive
     */
    public PipeOptions withCapacity(int capacity) {
        return new PipeOptions(Capacity.positive(capacity), packets);
    }

    /**
     * Has each write read by itself: a read gets one packet, and what of it is longer than the
     * target is dropped. A write of more than 4096 bytes becomes several packets.
     *
     * @param packets whether to keep packets apart; not by default
     * @return the changed copy
     */
    public PipeOptions withPackets(boolean packets) {
        return new PipeOptions(capacity, packets);
    }
}
