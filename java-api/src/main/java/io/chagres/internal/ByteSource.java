// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import java.lang.foreign.MemorySegment;

/** A stream of bytes that is read, whatever it is. Thread-safe. */
public interface ByteSource {

    /** The name that errors have. */
    String name();

    /** Whether neither {@code close} nor {@code detach} was called. */
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
}
