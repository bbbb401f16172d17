// SPDX-License-Identifier: Apache-2.0
package io.chagres.windows;

import io.chagres.foreign.Lent;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/** Where a call leaves its last error: memory of the calling thread. */
final class CallState {

    private static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
    private static final long LAST_ERROR =
            LAYOUT.byteOffset(PathElement.groupElement("GetLastError"));
    private static final Lent<MemorySegment> STATES =
            new Lent<>(() -> Arena.ofAuto().allocate(LAYOUT));

    private static final long INVALID_HANDLE_VALUE = -1;

    private CallState() {}

    static MemorySegment borrow() {
        return STATES.borrow();
    }

    static void giveBack(MemorySegment state) {
        STATES.giveBack(state);
    }

    /** A BOOL or count that is 0 on failure: 0 becomes the negated error, a BOOL's 1 becomes 0. */
    static int ofBool(int result, MemorySegment state) {
        return result != 0 ? 0 : -lastError(state);
    }

    static int ofCount(int result, MemorySegment state) {
        return result != 0 ? result : -lastError(state);
    }

    /** A handle that is INVALID_HANDLE_VALUE on failure. */
    static long ofHandle(MemorySegment result, MemorySegment state) {
        return result.address() != INVALID_HANDLE_VALUE ? result.address() : -lastError(state);
    }

    /** Never 0: a function that fails without saying why has failed all the same. */
    private static int lastError(MemorySegment state) {
        int code = state.get(ValueLayout.JAVA_INT, LAST_ERROR);
        return code != 0 ? code : WinError.ERROR_GEN_FAILURE;
    }
}
