// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.mq_attr;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct mq_attr}: the attributes of a message queue.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/mq_getattr.3.html">mq_getattr(3)</a>
 */
public final class MqAttr {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = mq_attr.layout();

    private MqAttr() {}

    /**
     * {@return 0 or {@code O_NONBLOCK}}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long mq_flags(MemorySegment struct) {
        return mq_attr.mq_flags(struct);
    }

    /**
     * Sets {@link #mq_flags(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void mq_flags(MemorySegment struct, long value) {
        mq_attr.mq_flags(struct, value);
    }

    /**
     * {@return the most messages the queue can hold}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long mq_maxmsg(MemorySegment struct) {
        return mq_attr.mq_maxmsg(struct);
    }

    /**
     * Sets {@link #mq_maxmsg(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void mq_maxmsg(MemorySegment struct, long value) {
        mq_attr.mq_maxmsg(struct, value);
    }

    /**
     * {@return the longest message in bytes}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long mq_msgsize(MemorySegment struct) {
        return mq_attr.mq_msgsize(struct);
    }

    /**
     * Sets {@link #mq_msgsize(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void mq_msgsize(MemorySegment struct, long value) {
        mq_attr.mq_msgsize(struct, value);
    }

    /**
     * {@return messages in the queue now}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long mq_curmsgs(MemorySegment struct) {
        return mq_attr.mq_curmsgs(struct);
    }

    /**
     * Sets {@link #mq_curmsgs(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void mq_curmsgs(MemorySegment struct, long value) {
        mq_attr.mq_curmsgs(struct, value);
    }
}
