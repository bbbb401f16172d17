// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.flock;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct flock}: a lock on a range of a file.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fcntl_locking.2.html">fcntl_locking(2)</a>
 */
public final class Flock {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = flock.layout();

    private Flock() {}

    /**
     * Sets all, for a range that begins at a byte of the file.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param type such as {@link Fcntl#F_WRLCK}
     * @param start the first byte
     * @param length bytes; 0 for all to the end
     */
    public static void set(MemorySegment struct, int type, long start, long length) {
        struct.fill((byte) 0);
        flock.l_type(struct, (short) type);
        flock.l_start(struct, start);
        flock.l_len(struct, length);
    }
}
