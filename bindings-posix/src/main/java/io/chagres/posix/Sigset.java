// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.__sigset_t;
import java.lang.foreign.MemoryLayout;

/** {@code sigset_t}: a set of signals, for the functions of {@link Signals}. */
public final class Sigset {

    /** The layout, to allocate by. */
    public static final MemoryLayout LAYOUT = __sigset_t.layout();

    private Sigset() {}
}
