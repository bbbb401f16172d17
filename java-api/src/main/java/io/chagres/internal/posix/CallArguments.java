// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.foreign.Lent;
import io.chagres.internal.Deadline;
import io.chagres.posix.MqAttr;
import io.chagres.posix.Time;
import io.chagres.posix.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The small structs that calls take by address, lent to the calling thread. */
final class CallArguments {

    private static final Lent<CallArguments> LENT = new Lent<>(CallArguments::new);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The longest single wait, so that the deadline is looked at again on the monotonic clock. */
    private static final long SLICE_NANOS = NANOS_PER_SECOND;

    /** The epoch: a deadline that is past, so that a timed call does not wait. */
    private static final MemorySegment PAST = Arena.global().allocate(Timespec.LAYOUT);

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment timespec = arena.allocate(Timespec.LAYOUT);
    private final MemorySegment priority = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment attributes = arena.allocate(MqAttr.LAYOUT);

    private CallArguments() {}

    static CallArguments borrow() {
        return LENT.borrow();
    }

    void giveBack() {
        LENT.giveBack(this);
    }

    /** An {@code unsigned int}. */
    MemorySegment priority() {
        return priority;
    }

    /** An {@link MqAttr}. */
    MemorySegment attributes() {
        return attributes;
    }

    /**
     * A {@link Timespec} on the wall clock, which is what the calls take: the deadline, or the end
     * of the first slice on the way there.
     */
    MemorySegment realTime(long deadline) {
        long wait = Math.min(Deadline.remainingNanos(deadline), SLICE_NANOS);
        if (wait <= 0) {
            return PAST;
        }
        Time.clock_gettime(Time.CLOCK_REALTIME, timespec);
        long nanos = Timespec.tv_nsec(timespec) + wait;
        Timespec.tv_sec(timespec, Timespec.tv_sec(timespec) + nanos / NANOS_PER_SECOND);
        Timespec.tv_nsec(timespec, nanos % NANOS_PER_SECOND);
        return timespec;
    }
}
