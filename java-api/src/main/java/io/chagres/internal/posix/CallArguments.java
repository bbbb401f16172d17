// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.foreign.Lent;
import io.chagres.internal.Deadline;
import io.chagres.posix.Iovec;
import io.chagres.posix.MqAttr;
import io.chagres.posix.PollFd;
import io.chagres.posix.Time;
import io.chagres.posix.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The small structs that calls take by address, lent to the calling thread. */
final class CallArguments {

    private static final Lent<CallArguments> LENT = new Lent<>(CallArguments::new);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The epoch: a deadline that is past, so that a timed call does not wait. */
    static final MemorySegment PAST = Arena.global().allocate(Timespec.LAYOUT);

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment timespec = arena.allocate(Timespec.LAYOUT);
    private final MemorySegment word = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment counter = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment attributes = arena.allocate(MqAttr.LAYOUT);
    private final MemorySegment pollFd = arena.allocate(PollFd.LAYOUT);
    private final MemorySegment iovec = arena.allocate(Iovec.LAYOUT);

    /** Those of a {@link BlockingCall}; everybody else borrows. */
    CallArguments() {}

    static CallArguments borrow() {
        return LENT.borrow();
    }

    void giveBack() {
        LENT.giveBack(this);
    }

    /** An {@code unsigned int}, such as a priority. */
    MemorySegment word() {
        return word;
    }

    /** A {@code uint64_t}, such as that of an eventfd. */
    MemorySegment counter() {
        return counter;
    }

    /** An {@link MqAttr}. */
    MemorySegment attributes() {
        return attributes;
    }

    /** A {@link PollFd}. */
    MemorySegment pollFd() {
        return pollFd;
    }

    /** An {@link Iovec} of this memory. */
    MemorySegment iovec(long address, long length) {
        Iovec.set(iovec, address, length);
        return iovec;
    }

    /** A {@link Timespec} on the wall clock, for the calls that know no other. */
    MemorySegment realTime(long deadline) {
        return onClock(Time.CLOCK_REALTIME, deadline);
    }

    /** A {@link Timespec} on the monotonic clock. */
    MemorySegment monotonic(long deadline) {
        return onClock(Time.CLOCK_MONOTONIC, deadline);
    }

    /** A {@link Timespec} that is a length of time. */
    MemorySegment interval(long nanos) {
        long rest = Math.max(0, nanos);
        Timespec.tv_sec(timespec, rest / NANOS_PER_SECOND);
        Timespec.tv_nsec(timespec, rest % NANOS_PER_SECOND);
        return timespec;
    }

    private MemorySegment onClock(int clock, long deadline) {
        long wait = Deadline.remainingNanos(deadline);
        if (wait <= 0) {
            return PAST;
        }
        Time.clock_gettime(clock, timespec);
        long nanos = Timespec.tv_nsec(timespec) + wait % NANOS_PER_SECOND;
        Timespec.tv_sec(
                timespec,
                Timespec.tv_sec(timespec) + wait / NANOS_PER_SECOND + nanos / NANOS_PER_SECOND);
        Timespec.tv_nsec(timespec, nanos % NANOS_PER_SECOND);
        return timespec;
    }
}
