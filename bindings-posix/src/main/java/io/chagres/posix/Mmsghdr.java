// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.mmsghdr;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct mmsghdr}: one message of several.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
 */
public final class Mmsghdr {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = mmsghdr.layout();

    private static final long SIZE = LAYOUT.byteSize();
    private static final long LEN = LAYOUT.byteOffset(PathElement.groupElement("msg_len"));

    private Mmsghdr() {}

    /**
     * {@return the {@link Msghdr} of one of an array}
     *
     * @param array of structs
     * @param index from 0
     */
    public static MemorySegment msg_hdr(MemorySegment array, int index) {
        return mmsghdr.msg_hdr(array.asSlice(index * SIZE, SIZE));
    }

    /**
     * {@return the bytes sent or received of one of an array, without an object for it}
     *
     * @param array of structs
     * @param index from 0
     */
    public static int msg_len(MemorySegment array, int index) {
        return array.get(ValueLayout.JAVA_INT, index * SIZE + LEN);
    }
}
