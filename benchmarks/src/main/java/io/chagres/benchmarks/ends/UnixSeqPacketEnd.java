// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixSeqPacketChannel;
import io.chagres.socket.UnixSeqPacketServerChannel;
import java.io.IOException;

/** A connection of messages with a path. */
final class UnixSeqPacketEnd extends MessageChannelEnd {

    private final UnixAddress address;

    @SuppressWarnings("NullAway.Init") // by create
    private UnixSeqPacketServerChannel server;

    UnixSeqPacketEnd(Role role) {
        super(role);
        address = UnixAddress.of(role.names().there());
    }

    @Override
    void create() throws IOException {
        server = UnixSeqPacketServerChannel.bind(address);
    }

    @Override
    void join() throws IOException, InterruptedException {
        use(role.driver() ? server.accept() : UnixSeqPacketChannel.connect(address));
    }

    @Override
    void removeNames() throws IOException {
        server.close();
    }
}
