// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.rlimit;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct rlimit}: a limit, unsigned; {@link Resource#RLIM_INFINITY} is none.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">getrlimit(2)</a>
 */
public final class Rlimit {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = rlimit.layout();

    private Rlimit() {}

    /**
     * {@return what is enforced}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long rlim_cur(MemorySegment struct) {
        return rlimit.rlim_cur(struct);
    }

    /**
     * Sets {@link #rlim_cur(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void rlim_cur(MemorySegment struct, long value) {
        rlimit.rlim_cur(struct, value);
    }

    /**
     * {@return what it may be raised to}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long rlim_max(MemorySegment struct) {
        return rlimit.rlim_max(struct);
    }

    /**
     * Sets {@link #rlim_max(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value the new value
     */
    public static void rlim_max(MemorySegment struct, long value) {
        rlimit.rlim_max(struct, value);
    }
}
