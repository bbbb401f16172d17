// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.Sockets;
import java.io.IOException;

/** A connection of messages with a path over the call layer. */
final class UnixSeqPacketCallEnd extends MessageCallEnd {

    private final String path;
    private int listener;

    UnixSeqPacketCallEnd(Role role) {
        super(role);
        path = role.names().there();
    }

    @Override
    void create() throws IOException {
        listener = SocketCalls.listen(Sockets.SOCK_SEQPACKET, path);
    }

    @Override
    void join() throws IOException {
        use(
                role.driver()
                        ? SocketCalls.accept(listener)
                        : SocketCalls.connected(Sockets.SOCK_SEQPACKET, path));
    }

    @Override
    void removeNames() throws IOException {
        SocketCalls.unlink(path);
    }
}
