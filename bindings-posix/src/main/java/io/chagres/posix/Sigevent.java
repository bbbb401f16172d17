// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import io.chagres.posix.gen.sigevent;
import io.chagres.posix.gen.sigval;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct sigevent}: how to be told of an event.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sigevent.3type.html">sigevent(3type)</a>
 */
public final class Sigevent {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = sigevent.layout();

    /** By a signal. */
    public static final int SIGEV_SIGNAL = Linux.SIGEV_SIGNAL();

    /** Not at all: the registration counts, and nothing is sent. */
    public static final int SIGEV_NONE = Linux.SIGEV_NONE();

    private Sigevent() {}

    /**
     * Sets how to be told.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value {@link #SIGEV_SIGNAL} or {@link #SIGEV_NONE}
     */
    public static void sigev_notify(MemorySegment struct, int value) {
        sigevent.sigev_notify(struct, value);
    }

    /**
     * Sets the signal.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value a signal's number
     */
    public static void sigev_signo(MemorySegment struct, int value) {
        sigevent.sigev_signo(struct, value);
    }

    /**
     * Sets the value that comes with the signal.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value any
     */
    public static void sival_int(MemorySegment struct, int value) {
        sigval.sival_int(sigevent.sigev_value(struct), value);
    }
}
