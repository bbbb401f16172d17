// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.platform;

import io.chagres.Mechanism;
import io.chagres.internal.LocalBackend;
import io.chagres.internal.PipeBackend;
import io.chagres.internal.SemaphoreBackend;
import io.chagres.internal.SharedMemoryBackend;
import io.chagres.internal.posix.PosixLocalBackend;
import io.chagres.internal.posix.PosixPipes;
import io.chagres.internal.posix.PosixSharedMemoryBackend;
import io.chagres.internal.posix.PosixSupport;
import io.chagres.internal.posix.SemaphoreOpener;

/** Chooses, for each mechanism that several platforms have, the implementation of this one. */
public final class Backends {

    private Backends() {}

    /** Pipes without a name. */
    public static PipeBackend pipes() {
        return PosixPipes.backend();
    }

    /** Local servers and connections. */
    public static LocalBackend local() {
        return PosixLocalBackend.INSTANCE;
    }

    /** Named semaphores. */
    public static SemaphoreBackend semaphores() {
        return SemaphoreOpener.INSTANCE;
    }

    /**
     * Shared memory.
     *
     * @param form what is needed of it: {@link Mechanism#POSIX_SHM} or {@link Mechanism#MEMFD}
     * @throws UnsupportedOperationException naming platform and mechanism, on a platform without it
     */
    public static SharedMemoryBackend sharedMemory(Mechanism form) {
        PosixSupport.require(form);
        return PosixSharedMemoryBackend.INSTANCE;
    }

    /** {@return bytes of a page} */
    public static int pageSize() {
        PosixSupport.require(Mechanism.POSIX_SHM);
        return PosixSharedMemoryBackend.pageSize();
    }
}
