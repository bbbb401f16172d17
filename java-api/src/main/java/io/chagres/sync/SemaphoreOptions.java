// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import io.chagres.Access;
import java.util.Objects;

/**
 * How to create a semaphore. Immutable; each method returns a changed copy.
 *
 * @param permits that it has at first
 * @param access who may open it
 * @param unlinkOnExit whether the name is removed when the creating JVM ends
 */
public record SemaphoreOptions(int permits, Access access, boolean unlinkOnExit) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException when permits is negative
     */
    public SemaphoreOptions {
        Objects.requireNonNull(access, "access");
        if (permits < 0) {
            throw new IllegalArgumentException("permits " + permits + " is negative");
        }
    }

    /**
     * {@return so many permits, for the owner only}
     *
     * @param permits that the semaphore has at first
     * @throws IllegalArgumentException when it is negative
     */
    public static SemaphoreOptions ofPermits(int permits) {
        return new SemaphoreOptions(permits, Access.ownerOnly(), false);
    }

    /**
     * Sets the permits.
     *
     * @param permits that the semaphore has at first
     * @return the changed copy
     * @throws IllegalArgumentException when it is negative
     */
    public SemaphoreOptions withPermits(int permits) {
        return new SemaphoreOptions(permits, access, unlinkOnExit);
    }

    /**
     * Sets who may open the semaphore. That takes both reading and writing: with less there is
     * nothing one can do with it.
     *
     * @param access who may open the semaphore
     * @return the changed copy
     */
    public SemaphoreOptions withAccess(Access access) {
        return new SemaphoreOptions(permits, access, unlinkOnExit);
    }

    /**
     * Has the semaphore's name removed when the JVM that creates it ends in an orderly way: not by
     * {@code kill -9}. Another semaphore that has got the name meanwhile is left alone. A semaphore
     * that is only opened is never removed.
     *
     * @param unlinkOnExit whether to remove it; not by default
     * @return the changed copy
     */
    public SemaphoreOptions withUnlinkOnExit(boolean unlinkOnExit) {
        return new SemaphoreOptions(permits, access, unlinkOnExit);
    }
}
