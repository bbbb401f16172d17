// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code time.h}: clocks. */
public final class Time {

    /** Wall-clock time; it can be set. */
    public static final int CLOCK_REALTIME = Linux.CLOCK_REALTIME();

    /** Time since some start, without suspension. */
    public static final int CLOCK_MONOTONIC = Linux.CLOCK_MONOTONIC();

    /** Time since boot, with suspension. */
    public static final int CLOCK_BOOTTIME = Linux.CLOCK_BOOTTIME();

    private Time() {}

    private static final class ClockGettime {
        static final MethodHandle HANDLE =
                Link.function("clock_gettime", Linux.clock_gettime$descriptor(), Link.CRITICAL);
    }

    /**
     * Reads a clock. Does not block.
     *
     * @param clock {@code CLOCK_*}
     * @param time {@link Timespec} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/clock_getres.2.html">clock_gettime(2)</a>
     */
    public static int clock_gettime(int clock, MemorySegment time) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) ClockGettime.HANDLE.invokeExact(state, clock, time), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
