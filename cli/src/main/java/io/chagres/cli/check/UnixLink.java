// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.socket.Envelope;
import io.chagres.socket.PeerCredentials;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** A Unix domain socket of some type that has its peer. */
interface UnixLink extends Exchange {

    /**
     * Says who the peer has to be.
     *
     * @throws IOException when the kernel says that another process has connected
     */
    void expect(PeerCredentials peer) throws IOException;

    /**
     * Sends bytes with what goes with them.
     *
     * @return false when they could not be sent in time; none were
     */
    boolean send(MemorySegment bytes, Envelope envelope, Duration timeout)
            throws IOException, InterruptedException;

    /**
     * Receives as many bytes as the target has, with what comes with them, of the expected peer.
     *
     * @return bytes, or {@link Ipc#TIMED_OUT}
     * @throws IOException when another process has sent them
     */
    int receive(MemorySegment target, MessageInfo info, Duration timeout)
            throws IOException, InterruptedException;

    /** Ends the greeting: only messages follow. */
    void greeted() throws IOException;
}
