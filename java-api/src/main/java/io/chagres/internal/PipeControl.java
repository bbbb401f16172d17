// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;

/** What both ends of a pipe have, whatever the platform. Thread-safe. */
public interface PipeControl extends AutoCloseable {

    /** Bytes that the pipe holds. */
    int capacity() throws IpcException;

    /**
     * Changes what the pipe holds.
     *
     * @return the capacity that it has got
     */
    int capacity(int capacity) throws IpcException;

    /** Lends the descriptor. */
    BorrowedDescriptor borrow() throws IpcException;

    /** Gives the descriptor away. */
    int detach() throws IpcException;

    /** Idempotent; wakes the callers inside. */
    @Override
    void close() throws IpcException;
}
