// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.iovec;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct iovec}: one buffer of several.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/iovec.3type.html">iovec(3type)</a>
 */
public final class Iovec {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = iovec.layout();

    private static final long SIZE = LAYOUT.byteSize();
    private static final long LEN = LAYOUT.byteOffset(PathElement.groupElement("iov_len"));
    private static final long BASE = LAYOUT.byteOffset(PathElement.groupElement("iov_base"));

    private Iovec() {}

    /**
     * Sets the buffer.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param address of the buffer, whose life others guard
     * @param length bytes
     */
    public static void set(MemorySegment struct, long address, long length) {
        struct.set(ValueLayout.JAVA_LONG, BASE, address);
        iovec.iov_len(struct, length);
    }

    /**
     * Sets the buffer of one of an array, without an object for it.
     *
     * @param array of structs
     * @param index from 0
     * @param address of the buffer, whose life others guard
     * @param length bytes
     */
    public static void setAt(MemorySegment array, int index, long address, long length) {
        array.set(ValueLayout.JAVA_LONG, index * SIZE + BASE, address);
        array.set(ValueLayout.JAVA_LONG, index * SIZE + LEN, length);
    }

    /**
     * {@return the address of the buffer}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long iov_base(MemorySegment struct) {
        return iovec.iov_base(struct).address();
    }

    /**
     * {@return bytes}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long iov_len(MemorySegment struct) {
        return iovec.iov_len(struct);
    }
}
