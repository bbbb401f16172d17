// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Architecture;
import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code struct sigaction}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</a>
 */
public final class Sigaction {

    private static final Architecture HERE = Platform.architecture();

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = PerArchitecture.sigaction$layout(HERE);

    private Sigaction() {}

    /**
     * {@return the address of the handler, {@link Signals#SIG_DFL} or {@link Signals#SIG_IGN}}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static long sa_handler(MemorySegment struct) {
        return PerArchitecture.sigaction$__sigaction_handler(HERE, struct)
                .get(ValueLayout.JAVA_LONG, 0);
    }

    /**
     * Sets {@link #sa_handler(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param address of a C function
     */
    public static void sa_handler(MemorySegment struct, long address) {
        PerArchitecture.sigaction$__sigaction_handler(HERE, struct)
                .set(ValueLayout.JAVA_LONG, 0, address);
    }

    /**
     * {@return {@code SA_*}}
     *
     * @param struct a segment of {@link #LAYOUT}
     */
    public static int sa_flags(MemorySegment struct) {
        return PerArchitecture.sigaction$sa_flags(HERE, struct);
    }

    /**
     * Sets {@link #sa_flags(MemorySegment)}.
     *
     * @param struct a segment of {@link #LAYOUT}
     * @param flags {@code SA_*}
     */
    public static void sa_flags(MemorySegment struct, int flags) {
        PerArchitecture.sigaction$sa_flags(HERE, struct, flags);
    }
}
