// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.cmsghdr;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct cmsghdr}: a control message, in a block with others. Its macros are the methods
 * here, with offsets rather than addresses.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>
 */
public final class Cmsghdr {

    /** The layout, to align a block by. */
    public static final MemoryLayout LAYOUT = cmsghdr.layout();

    private static final long HEADER = align(LAYOUT.byteSize());
    private static final long LEN = LAYOUT.byteOffset(PathElement.groupElement("cmsg_len"));
    private static final long LEVEL = LAYOUT.byteOffset(PathElement.groupElement("cmsg_level"));
    private static final long TYPE = LAYOUT.byteOffset(PathElement.groupElement("cmsg_type"));

    private Cmsghdr() {}

    private static long align(long length) {
        return (length + Long.BYTES - 1) & -Long.BYTES;
    }

    /**
     * {@return the bytes that a control message takes in a block}
     *
     * @param length bytes of its data
     */
    public static long CMSG_SPACE(long length) {
        return HEADER + align(length);
    }

    /**
     * Writes a header.
     *
     * @param block of control messages
     * @param offset where this one begins
     * @param level such as {@code SOL_SOCKET}
     * @param type such as {@code SCM_RIGHTS}
     * @param length bytes of its data
     */
    public static void set(MemorySegment block, long offset, int level, int type, long length) {
        block.set(ValueLayout.JAVA_LONG, offset + LEN, HEADER + length);
        block.set(ValueLayout.JAVA_INT, offset + LEVEL, level);
        block.set(ValueLayout.JAVA_INT, offset + TYPE, type);
    }

    /**
     * {@return where the data of a control message begins}
     *
     * @param offset where the message begins
     */
    public static long CMSG_DATA(long offset) {
        return offset + HEADER;
    }

    /**
     * {@return bytes of the data of a control message, or -1 when there is no whole one}
     *
     * @param block of control messages
     * @param offset where it would begin
     * @param end of the block's content
     */
    public static long dataLength(MemorySegment block, long offset, long end) {
        if (offset + HEADER > end) {
            return -1;
        }
        long length = block.get(ValueLayout.JAVA_LONG, offset + LEN) - HEADER;
        return length < 0 || length > end - offset - HEADER ? -1 : length;
    }

    /**
     * {@return the level}
     *
     * @param block of control messages
     * @param offset where the message begins
     */
    public static int cmsg_level(MemorySegment block, long offset) {
        return block.get(ValueLayout.JAVA_INT, offset + LEVEL);
    }

    /**
     * {@return the type}
     *
     * @param block of control messages
     * @param offset where the message begins
     */
    public static int cmsg_type(MemorySegment block, long offset) {
        return block.get(ValueLayout.JAVA_INT, offset + TYPE);
    }
}
