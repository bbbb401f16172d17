// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Architecture;
import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct epoll_event}, which is packed on x86_64 and padded elsewhere.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man3/epoll_event.3type.html">epoll_event(3type)</a>
 */
public final class EpollEvent {

    private static final Architecture HERE = Platform.architecture();

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = PerArchitecture.epoll_event$layout(HERE);

    private static final long SIZE = LAYOUT.byteSize();
    private static final long EVENTS = LAYOUT.byteOffset(PathElement.groupElement("events"));
    private static final long DATA = LAYOUT.byteOffset(PathElement.groupElement("data"));

    private EpollEvent() {}

    /**
     * Sets what is watched for.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value {@code EPOLL*}
     */
    public static void events(MemorySegment struct, int value) {
        PerArchitecture.epoll_event$events(HERE, struct, value);
    }

    /**
     * {@return what has happened, or is watched for}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int events(MemorySegment struct) {
        return PerArchitecture.epoll_event$events(HERE, struct);
    }

    /**
     * Sets what comes back with the event: {@code data.u64}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param value anything
     */
    public static void data(MemorySegment struct, long value) {
        PerArchitecture.epoll_event$data(HERE, struct)
                .set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
    }

    /**
     * {@return {@code data.u64} as it was set}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long data(MemorySegment struct) {
        return struct.get(ValueLayout.JAVA_LONG_UNALIGNED, DATA);
    }

    /**
     * {@return {@link #events(MemorySegment)} of one of an array, without an object for it}
     *
     * @param array of structs
     * @param index from 0
     */
    public static int eventsAt(MemorySegment array, int index) {
        return array.get(ValueLayout.JAVA_INT_UNALIGNED, index * SIZE + EVENTS);
    }

    /**
     * {@return {@link #data(MemorySegment)} of one of an array, without an object for it}
     *
     * @param array of structs
     * @param index from 0
     */
    public static long dataAt(MemorySegment array, int index) {
        return array.get(ValueLayout.JAVA_LONG_UNALIGNED, index * SIZE + DATA);
    }

    /**
     * {@return one of an array}
     *
     * @param array of structs
     * @param index from 0
     */
    public static MemorySegment at(MemorySegment array, int index) {
        return array.asSlice(index * SIZE, SIZE);
    }
}
