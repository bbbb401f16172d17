// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import io.chagres.Access;
import java.util.Objects;

/**
 * How to create a FIFO. Immutable; each method returns a changed copy.
 *
 * @param access who may open it
 * @param unlinkOnExit whether the name is removed when the creating JVM ends
 */
public record FifoOptions(Access access, boolean unlinkOnExit) {

    private static final FifoOptions DEFAULTS = new FifoOptions(Access.ownerOnly(), false);

    /** Checks that nothing is missing. */
    public FifoOptions {
        Objects.requireNonNull(access, "access");
    }

    /** {@return for the owner only, and left when the JVM ends} */
    public static FifoOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets who may open the FIFO.
     *
     * @param access who may open the FIFO
     * @return the changed copy
     */
    public FifoOptions withAccess(Access access) {
        return new FifoOptions(access, unlinkOnExit);
    }

    /**
     * Has the FIFO removed when the JVM that creates it ends in an orderly way: not by {@code kill
     * -9}. Another file that has got the name meanwhile is left alone; it is told by its number,
     * which a file system may give to a new file when the old one is gone.
     *
     * @param unlinkOnExit whether to remove it; not by default
     * @return the changed copy
     */
    public FifoOptions withUnlinkOnExit(boolean unlinkOnExit) {
        return new FifoOptions(access, unlinkOnExit);
    }
}
