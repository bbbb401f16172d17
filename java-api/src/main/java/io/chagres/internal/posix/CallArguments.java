// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.foreign.Lent;
import io.chagres.posix.MqAttr;
import io.chagres.posix.PollFd;
import io.chagres.posix.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The small structs that calls take by address, lent to the calling thread. */
final class CallArguments {

    private static final Lent<CallArguments> LENT = new Lent<>(CallArguments::new);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment timespec = arena.allocate(Timespec.LAYOUT);
    private final MemorySegment priority = arena.allocate(ValueLayout.JAVA_INT);
    private final MemorySegment poll = arena.allocate(PollFd.LAYOUT);
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

    /** A {@link PollFd} that waits for one descriptor. */
    MemorySegment poll(int descriptor, int events) {
        PollFd.set(poll, descriptor, events);
        return poll;
    }

    /** A {@link Timespec} of so many nanoseconds. */
    MemorySegment timespec(long nanos) {
        Timespec.tv_sec(timespec, nanos / NANOS_PER_SECOND);
        Timespec.tv_nsec(timespec, nanos % NANOS_PER_SECOND);
        return timespec;
    }
}
