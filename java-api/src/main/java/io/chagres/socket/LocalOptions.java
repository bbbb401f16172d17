// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Access;
import java.util.Objects;

/**
 * How a {@link LocalServer} is opened. Immutable; each method returns a changed copy.
 *
 * @param access who may connect
 * @param mode what its connections transfer
 * @param backlog connections that may wait to be accepted
 */
public record LocalOptions(Access access, LocalMode mode, int backlog) {

    private static final LocalOptions DEFAULTS =
            new LocalOptions(
                    Access.ownerOnly(), LocalMode.STREAM, BindOptions.defaults().backlog());

    /** Checks the values. */
    public LocalOptions {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mode, "mode");
        if (backlog < 0) {
            throw new IllegalArgumentException("backlog " + backlog + " is negative");
        }
    }

    /** {@return streams, for the owner only, with a backlog of 4096 or what the system allows} */
    public static LocalOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets who may connect. A short name is the user's own, so others need a {@link
     * LocalName#ofPath path}.
     *
     * @param access who may connect
     * @return the changed copy
     */
    public LocalOptions withAccess(Access access) {
        return new LocalOptions(access, mode, backlog);
    }

    /**
     * Sets what connections transfer.
     *
     * @param mode streams, which is the default, or messages
     * @return the changed copy
     */
    public LocalOptions withMode(LocalMode mode) {
        return new LocalOptions(access, mode, backlog);
    }

    /**
     * Sets how many connections may wait to be accepted; a client that comes then waits too. The
     * system may cut it: on Linux to {@code net.core.somaxconn}.
     *
     * @param backlog connections; 0 leaves room for one
     * @return the changed copy
     */
    public LocalOptions withBacklog(int backlog) {
        return new LocalOptions(access, mode, backlog);
    }
}
