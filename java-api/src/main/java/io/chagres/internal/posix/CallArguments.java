// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.foreign.LentBlocks;
import io.chagres.posix.MqAttr;
import io.chagres.posix.PollFd;
import io.chagres.posix.Timespec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The small structs that calls take by address, in memory lent to the calling thread.
 *
 * <pre>
 *  0  struct timespec
 * 16  unsigned int priority
 * 24  struct pollfd
 * 32  struct mq_attr
 * </pre>
 */
final class CallArguments {

    private static final long PRIORITY = Timespec.LAYOUT.byteSize();
    private static final long POLL = PRIORITY + Long.BYTES;
    private static final long ATTRIBUTES = POLL + PollFd.LAYOUT.byteSize();
    private static final LentBlocks BLOCKS =
            new LentBlocks(ATTRIBUTES + MqAttr.LAYOUT.byteSize(), Long.BYTES);

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

    static MemorySegment poll(MemorySegment block, int descriptor, int events) {
        MemorySegment poll = block.asSlice(POLL, PollFd.LAYOUT);
        PollFd.set(poll, descriptor, events);
        return poll;
    }

    /** A timespec of so many nanoseconds. */
    static MemorySegment timespec(MemorySegment block, long nanos) {
        MemorySegment time = block.asSlice(0, Timespec.LAYOUT);
        Timespec.tv_sec(time, nanos / NANOS_PER_SECOND);
        Timespec.tv_nsec(time, nanos % NANOS_PER_SECOND);
        return time;
    }
}
