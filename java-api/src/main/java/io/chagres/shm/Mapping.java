// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import io.chagres.internal.LeakReports;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Shared memory in this process's address space, until it is closed. It is independent of the
 * {@link SharedMemory} that made it: that can be closed first.
 *
 * <p>Thread-safe; all threads may use the segment. There is nothing between a load or store and the
 * memory, so processes that share it need a protocol, as threads do: see {@link
 * java.lang.invoke.VarHandle} for ordered access.
 */
public final class Mapping implements AutoCloseable {

    private final MemorySegment segment;
    private final Arena arena;
    private final LeakReports.Ticket ticket;

    Mapping(String name, MemorySegment segment, Arena arena) {
        this.segment = segment;
        this.arena = arena;
        this.ticket = LeakReports.watch(this, "Mapping of " + name);
    }

    /**
     * {@return the memory} A mapping to read gives a read-only segment: a store to it is an {@link
     * UnsupportedOperationException} or {@link IllegalArgumentException}. After {@link #close},
     * every access is an {@link IllegalStateException}.
     */
    public MemorySegment segment() {
        return segment;
    }

    /** {@return bytes that are mapped} */
    public long size() {
        return segment.byteSize();
    }

    /**
     * Unmaps. Accesses by other threads either come before or throw {@link IllegalStateException}.
     * Idempotent. The object and its content stay.
     *
     * @throws IllegalStateException when another thread is in a native call with the segment; it is
     *     still mapped then
     */
    @Override
    public void close() {
        try {
            arena.close();
        } catch (IllegalStateException e) {
            if (arena.scope().isAlive()) {
                throw e;
            }
        }
        ticket.close();
    }

    /** Size and access. */
    @Override
    public String toString() {
        return "Mapping["
                + segment.byteSize()
                + " bytes"
                + (segment.isReadOnly() ? ", read-only]" : "]");
    }
}
