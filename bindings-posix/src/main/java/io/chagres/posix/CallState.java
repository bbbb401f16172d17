// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Lent;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * Where a call leaves its {@code errno}: memory of the calling thread, since the C library's own
 * variable does not survive what the JVM does after the call.
 *
 * <p>Who makes many calls on one thread can own one; most functions take the thread's. Not
 * thread-safe: one call at a time.
 */
public final class CallState {

    private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final long ERRNO = LAYOUT.byteOffset(PathElement.groupElement("errno"));
    private static final Lent<MemorySegment> STATES =
            new Lent<>(() -> Arena.ofAuto().allocate(LAYOUT));

    private final MemorySegment segment = Arena.ofAuto().allocate(LAYOUT);

    /** One of a few bytes of native memory, which live as long as it does. */
    public CallState() {}

    MemorySegment segment() {
        return segment;
    }

    static MemorySegment borrow() {
        return STATES.borrow();
    }

    static void giveBack(MemorySegment state) {
        STATES.giveBack(state);
    }

    /**
     * The result of a call that fails with -1; errno is read only then, for success leaves it
     * stale.
     */
    static int result(int result, MemorySegment state) {
        return result != -1 ? result : -errno(state);
    }

    /** The same for a call that returns a {@code long}. */
    static long result(long result, MemorySegment state) {
        return result != -1 ? result : -errno(state);
    }

    /** The same for a call that returns the errno itself. */
    static int negated(int errno) {
        return -errno;
    }

    static int errno(MemorySegment state) {
        return state.get(ValueLayout.JAVA_INT, ERRNO);
    }
}
