// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import java.lang.foreign.MemorySegment;

/** The end of a stream of bytes that is read, whatever the platform. Thread-safe. */
public interface ByteSource extends AutoCloseable {

    /** The name that errors have. */
    String name();

    /** Whether neither {@link #close} nor {@link #detach} was called. */
    boolean isOpen();

    /**
     * Reads what there is, up to a segment's size, which is not zero; waits until there is
     * something.
     *
     * @return bytes read, or {@link io.chagres.Ipc#EOF}; at the deadline {@link
     *     io.chagres.Ipc#TIMED_OUT}, or {@link io.chagres.Ipc#WOULD_BLOCK} if that was {@link
     *     Deadline#NOW}
     */
    long read(MemorySegment target, long deadline) throws IpcException, InterruptedException;

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
