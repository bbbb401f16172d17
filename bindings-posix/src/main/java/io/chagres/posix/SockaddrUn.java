// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.sockaddr_un;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;

/**
 * {@code struct sockaddr_un}: the address of a Unix domain socket. How many bytes of it count is
 * told beside it; a path need not end with a NUL.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class SockaddrUn {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = sockaddr_un.layout();

    /** Where the path or the abstract name begins: the length of an address without one. */
    public static final int PATH_OFFSET =
            (int) LAYOUT.byteOffset(PathElement.groupElement("sun_path"));

    /** Bytes that a path can have, or an abstract name with the NUL before it. */
    public static final int PATH_LENGTH = (int) LAYOUT.byteSize() - PATH_OFFSET;

    private SockaddrUn() {}

    /**
     * {@return the family, {@code AF_UNIX}}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int sun_family(MemorySegment struct) {
        return sockaddr_un.sun_family(struct);
    }

    /**
     * Sets {@link #sun_family(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value {@code AF_UNIX} or {@code AF_UNSPEC}
     */
    public static void sun_family(MemorySegment struct, int value) {
        sockaddr_un.sun_family(struct, (short) value);
    }

    /**
     * {@return the memory of the path}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static MemorySegment sun_path(MemorySegment struct) {
        return sockaddr_un.sun_path(struct);
    }
}
