// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.msghdr;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct msghdr}: a message with its address and its control messages. It holds plain
 * addresses, of memory whose life others guard.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recvmsg(2)</a>
 */
public final class Msghdr {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = msghdr.layout();

    private static final long NAME = offset("msg_name");
    private static final long IOV = offset("msg_iov");
    private static final long CONTROL = offset("msg_control");

    private Msghdr() {}

    private static long offset(String field) {
        return LAYOUT.byteOffset(PathElement.groupElement(field));
    }

    /**
     * Sets the address to send to, or where to put that of the sender.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param address of it, or 0
     * @param length bytes of it
     */
    public static void name(MemorySegment struct, long address, int length) {
        struct.set(ValueLayout.JAVA_LONG, NAME, address);
        msghdr.msg_namelen(struct, length);
    }

    /**
     * Sets the buffers.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param address of an array of {@link Iovec}
     * @param count its length
     */
    public static void iov(MemorySegment struct, long address, long count) {
        struct.set(ValueLayout.JAVA_LONG, IOV, address);
        msghdr.msg_iovlen(struct, count);
    }

    /**
     * Sets the control messages, or where to put them.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param address of them, or 0
     * @param length bytes there
     */
    public static void control(MemorySegment struct, long address, long length) {
        struct.set(ValueLayout.JAVA_LONG, CONTROL, address);
        msghdr.msg_controllen(struct, length);
    }

    /**
     * {@return bytes of the address}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int msg_namelen(MemorySegment struct) {
        return msghdr.msg_namelen(struct);
    }

    /**
     * {@return bytes of the control messages}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long msg_controllen(MemorySegment struct) {
        return msghdr.msg_controllen(struct);
    }

    /**
     * {@return {@code MSG_*} of what was received}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int msg_flags(MemorySegment struct) {
        return msghdr.msg_flags(struct);
    }

    /**
     * Sets {@link #msg_flags(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value 0
     */
    public static void msg_flags(MemorySegment struct, int value) {
        msghdr.msg_flags(struct, value);
    }
}
