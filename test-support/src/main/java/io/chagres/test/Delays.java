// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Measured delays, to be compared with those of a control in the same run. Not thread-safe. */
public final class Delays {

    private long[] nanos = new long[1024];
    private int count;

    /** Adds one. */
    public void add(long delay) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = delay;
    }

    /** How late a sleeping thread is woken, so many times: the control. */
    public static Delays ofSleeps(int times, long sleepNanos) {
        Delays control = new Delays();
        for (int i = 0; i < times; i++) {
            long due = System.nanoTime() + sleepNanos;
            for (long left = sleepNanos; left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            control.add(System.nanoTime() - due);
        }
        return control;
    }

    /**
     * The delay that a share of all does not exceed, in milliseconds.
     *
     * @param share such as 0.99
     */
    public double millis(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, Math.round(share * count))] / 1e6;
    }

    /** One of them, in the order of their adding. */
    public long nanos(int index) {
        return nanos[index];
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%d delays: p50 %.3f ms, p99 %.3f ms, longest %.3f ms",
                count,
                millis(0.5),
                millis(0.99),
                millis(1));
    }
}
