// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.ucred;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct ucred}: who a peer is. The ids of user and group are unsigned.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class Ucred {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = ucred.layout();

    private Ucred() {}

    /**
     * Sets all.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param pid of the process
     * @param uid of the user
     * @param gid of the group
     */
    public static void set(MemorySegment struct, int pid, int uid, int gid) {
        ucred.pid(struct, pid);
        ucred.uid(struct, uid);
        ucred.gid(struct, gid);
    }

    /**
     * {@return the process}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int pid(MemorySegment struct) {
        return ucred.pid(struct);
    }

    /**
     * {@return the user}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int uid(MemorySegment struct) {
        return ucred.uid(struct);
    }

    /**
     * {@return the group}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int gid(MemorySegment struct) {
        return ucred.gid(struct);
    }
}
