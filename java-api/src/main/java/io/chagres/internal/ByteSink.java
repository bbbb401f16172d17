// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import java.lang.foreign.MemorySegment;

/** A stream of bytes that is written, whatever it is. Thread-safe. */
public interface ByteSink {

    /** The name that errors have. */
    String name();

    /** Whether neither {@code close} nor {@code detach} was called. */
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
}
