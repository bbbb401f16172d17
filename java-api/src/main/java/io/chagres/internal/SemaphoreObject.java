// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;

/** An open semaphore, whatever the platform. Thread-safe. */
public interface SemaphoreObject {

    /** The name it was opened by. */
    String name();

    /**
     * Takes a permit, by a deadline of {@link Deadline}.
     *
     * @return false when there was none
     */
    boolean acquire(long deadline) throws IpcException, InterruptedException;

    /** Gives a permit. */
    void release() throws IpcException;

    /** Gives several; all or nothing as far as nobody else gives some meanwhile. */
    void release(int permits) throws IpcException;

    /** Permits now. */
    int value() throws IpcException;

    /** Idempotent; wakes the callers inside. */
    void close() throws IpcException;
}
