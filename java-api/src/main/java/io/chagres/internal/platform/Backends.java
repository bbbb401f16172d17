// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.platform;

import io.chagres.internal.PipeBackend;
import io.chagres.internal.SemaphoreBackend;
import io.chagres.internal.posix.PosixPipes;
import io.chagres.internal.posix.SemaphoreOpener;

/** Chooses, for each mechanism that several platforms have, the implementation of this one. */
public final class Backends {

    private Backends() {}

    /** Named semaphores. */
    public static SemaphoreBackend semaphores() {
        return SemaphoreOpener.INSTANCE;
    }

    /**
     * Of anonymous pipes.
     *
     * @throws UnsupportedOperationException where the platform has none
     */
    public static PipeBackend pipes() {
        return PosixPipes.backend();
    }
}
