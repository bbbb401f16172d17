// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.platform;

import io.chagres.internal.PipeBackend;
import io.chagres.internal.posix.PosixPipes;

/** What is behind the portable mechanisms on this platform. */
public final class Backends {

    private Backends() {}

    /**
     * Of anonymous pipes.
     *
     * @throws UnsupportedOperationException where the platform has none
     */
    public static PipeBackend pipes() {
        return PosixPipes.backend();
    }
}
