// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * One side of a conversation in whole messages: the driver's or the peer's. One thread uses it.
 *
 * <p>After a timeout the driver calls again with the same arguments, so that a side which has moved
 * a part of a message can go on with the rest.
 */
interface Exchange extends AutoCloseable {

    /**
     * Sends a message.
     *
     * @return false when it could not be sent in time
     * @throws IOException also when the other side is gone, if this one can tell
     */
    boolean send(MemorySegment message, Duration timeout) throws IOException, InterruptedException;

    /**
     * Receives a message.
     *
     * @param buffer of at least the check's longest message
     * @return its length, or {@link Ipc#TIMED_OUT}
     * @throws IOException also when the other side is gone, if this one can tell
     */
    int receive(MemorySegment buffer, Duration timeout) throws IOException, InterruptedException;

    /**
     * What the peer is told to join, on the driver's side. Objects without a name are found through
     * this process, as {@code /proc/PID/fd/N} for one.
     *
     * @param name that the driver's objects were created for
     */
    default String peerName(String name) {
        return name;
    }

    /**
     * Starts the peer, on the driver's side.
     *
     * @param peer its command line; standard input stays a pipe from this process, for the peer
     *     watches it, and so do standard output and standard error to it, which are read
     */
    default Process start(ProcessBuilder peer) throws IOException {
        return peer.start();
    }

    /**
     * Meets the peer, on the driver's side, after its start and before it is ready: what needs both
     * at once, such as a connection.
     *
     * @param peer to be looked at while this waits
     * @throws IOException also when the peer does not do its part in time, or has ended
     */
    default void meet(PeerProcess.Look peer) throws IOException, InterruptedException {
        // most need no meeting
    }

    @Override
    void close() throws IOException;
}
