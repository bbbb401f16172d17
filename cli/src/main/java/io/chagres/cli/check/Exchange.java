// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** One side of a conversation in whole messages: the driver's or the peer's. */
interface Exchange extends AutoCloseable {

    /**
     * Sends a message.
     *
     * @return false when it could not be sent in time
     */
    boolean send(MemorySegment message, Duration timeout) throws IOException, InterruptedException;

    /**
     * Receives a message.
     *
     * @param buffer of at least the check's longest message
     * @return its length, or {@link Ipc#TIMED_OUT}
     */
    int receive(MemorySegment buffer, Duration timeout) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
