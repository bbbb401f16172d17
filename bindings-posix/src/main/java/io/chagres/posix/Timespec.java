// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.timespec;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct timespec}: a time in seconds and nanoseconds.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/timespec.3type.html">timespec(3type)</a>
 */
public final class Timespec {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = timespec.layout();

    private Timespec() {}

    /**
     * {@return seconds}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long tv_sec(MemorySegment struct) {
        return timespec.tv_sec(struct);
    }

    /**
     * Sets {@link #tv_sec(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void tv_sec(MemorySegment struct, long value) {
        timespec.tv_sec(struct, value);
    }

    /**
     * {@return nanoseconds, 0 to 999,999,999}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long tv_nsec(MemorySegment struct) {
        return timespec.tv_nsec(struct);
    }

    /**
     * Sets {@link #tv_nsec(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void tv_nsec(MemorySegment struct, long value) {
        timespec.tv_nsec(struct, value);
    }
}
