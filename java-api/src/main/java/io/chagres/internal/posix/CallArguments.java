// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.foreign.LentBlocks;
import io.chagres.internal.Deadline;
import io.chagres.posix.MqAttr;
import io.chagres.posix.Time;
import io.chagres.posix.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The small structs that calls take by address, in memory lent to the calling thread.
 *
 * <pre>
 *  0  struct timespec
 * 16  unsigned int priority
 * 24  struct mq_attr
 * </pre>
 */
final class CallArguments {

    private static final long PRIORITY = Timespec.LAYOUT.byteSize();
    private static final long ATTRIBUTES = PRIORITY + Long.BYTES;
    private static final LentBlocks BLOCKS =
            new LentBlocks(ATTRIBUTES + MqAttr.LAYOUT.byteSize(), Long.BYTES);

    /** A time that is past on every clock. */
    private static final MemorySegment PAST = Arena.global().allocate(Timespec.LAYOUT);

    /**
     * The longest single wait on the wall clock. A step of that clock can stretch or shorten one
     * slice only; the deadline itself is monotonic.
     */
    private static final long SLICE_NANOS = 1_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private CallArguments() {}

    static MemorySegment borrow() {
        return BLOCKS.borrow();
    }

    static void giveBack(MemorySegment block) {
        BLOCKS.giveBack(block);
    }

    static MemorySegment priority(MemorySegment block) {
        return block.asSlice(PRIORITY, ValueLayout.JAVA_INT);
    }

    static MemorySegment attributes(MemorySegment block) {
        return block.asSlice(ATTRIBUTES, MqAttr.LAYOUT);
    }

    /**
     * A timespec on CLOCK_REALTIME: the deadline, or the end of the first slice on the way there.
     */
    static MemorySegment realTime(MemorySegment block, long deadline) {
        long wait = Math.min(Deadline.remainingNanos(deadline), SLICE_NANOS);
        if (wait <= 0) {
            return PAST;
        }
        MemorySegment time = block.asSlice(0, Timespec.LAYOUT);
        Time.clock_gettime(Time.CLOCK_REALTIME, time);
        long nanos = Timespec.tv_nsec(time) + wait;
        Timespec.tv_sec(time, Timespec.tv_sec(time) + nanos / NANOS_PER_SECOND);
        Timespec.tv_nsec(time, nanos % NANOS_PER_SECOND);
        return time;
    }
}
