// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import java.lang.foreign.MemorySegment;

/** The end of a stream of bytes that is written, whatever the platform. Thread-safe. */
public interface ByteSink extends AutoCloseable {

    /** The name that errors have. */
    String name();

    /** Whether neither {@link #close} nor {@link #detach} was called. */
    boolean isOpen();

    /**
     * Writes some of a segment, at least a byte; waits until there is room.
     *
     * @param source has more bytes than {@code offset}
     * @param offset where to begin in it
     * @return bytes written; at the deadline {@link io.chagres.Ipc#TIMED_OUT}, or {@link
     *     io.chagres.Ipc#WOULD_BLOCK} if that was {@link Deadline#NOW}
     */
    long write(MemorySegment source, long offset, long deadline)
            throws IpcException, InterruptedException;

    /** Bytes that the stream holds. */
    int capacity() throws IpcException;

    /**
     * Changes what the stream holds.
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
