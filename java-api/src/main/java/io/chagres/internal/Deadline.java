// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import java.time.Duration;

/**
 * Points in time as nanoseconds of {@link System#nanoTime}, which no change of the wall clock
 * moves. A {@code long} rather than an object, so that a timed operation allocates nothing.
 */
public final class Deadline {

    /** Never reached. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Reached already: for an operation that must not wait. */
    public static final long NOW = Long.MIN_VALUE;

    private static final long LONGEST_NANOS = Long.MAX_VALUE / 4;

    private Deadline() {}

    /**
     * The deadline that ends a timeout which begins now; zero and less is {@link #NOW}, and what
     * would overflow is far in the future.
     */
    public static long after(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            return NOW;
        }
        boolean huge = timeout.toSeconds() >= LONGEST_NANOS / 1_000_000_000L;
        return System.nanoTime() + (huge ? LONGEST_NANOS : timeout.toNanos());
    }

    /** Nanoseconds until a deadline; zero or less when it is reached. */
    public static long remainingNanos(long deadline) {
        if (deadline == NEVER || deadline == NOW) {
            return deadline;
        }
        return deadline - System.nanoTime();
    }
}
