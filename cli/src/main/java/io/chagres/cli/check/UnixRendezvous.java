// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.socket.BindOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How two Unix domain sockets of one type find each other. */
interface UnixRendezvous {

    /** The path is a new one: who has it is no leftover to be replaced, but a failure. */
    BindOptions NEW_PATH = BindOptions.defaults().withReplaceStale(false);

    /** What is added to the path of a check for the sockets that it needs. */
    List<String> suffixes();

    /** The driver's side: takes an address, where the peer is to come. */
    Place open(String path) throws IOException;

    /** The peer's side. */
    UnixLink join(String path) throws IOException, InterruptedException;

    /** Where the driver waits. */
    interface Place extends AutoCloseable {

        /**
         * Waits for the peer.
         *
         * @return the socket with which to talk to it; empty when it did not come in time
         */
        Optional<UnixLink> await(Duration timeout) throws IOException, InterruptedException;

        @Override
        void close() throws IOException;
    }
}
