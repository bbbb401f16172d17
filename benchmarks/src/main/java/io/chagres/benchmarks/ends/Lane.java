// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.lang.foreign.MemorySegment;

/** One direction between two threads of a process. */
interface Lane {

    /** Bytes of the memory of a message are a multiple of this. */
    int LINE = 64;

    /** Copies a message in, if there is room for it. */
    boolean offer(MemorySegment message);

    /**
     * Copies what has come out, one after the other.
     *
     * @param limit of messages
     * @return how many have come, maybe 0
     */
    int poll(MemorySegment answer, int limit);
}
