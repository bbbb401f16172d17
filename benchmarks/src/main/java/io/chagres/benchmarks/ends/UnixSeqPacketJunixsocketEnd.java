// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import org.newsclub.net.unix.AFDatagramSocket;
import org.newsclub.net.unix.AFSocketType;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** A connection of messages with a path, as junixsocket has it: as datagram sockets that listen. */
final class UnixSeqPacketJunixsocketEnd extends JunixsocketMessageEnd {

    private final String path;

    @SuppressWarnings("NullAway.Init") // by create
    private AFUNIXDatagramSocket listener;

    UnixSeqPacketJunixsocketEnd(Role role) {
        super(role);
        path = role.names().there();
    }

    @Override
    void create() throws IOException {
        AFUNIXSocketAddress address = Junixsocket.address(path);
        listener = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_SEQPACKET);
        listener.bind(address);
        listener.listen(1);
    }

    @Override
    void join() throws IOException {
        AFUNIXSocketAddress address = Junixsocket.address(path);
        AFDatagramSocket<AFUNIXSocketAddress> socket;
        if (role.driver()) {
            socket = listener.accept();
        } else {
            socket = AFUNIXDatagramSocket.newInstance(AFSocketType.SOCK_SEQPACKET);
            socket.connect(address);
        }
        use(socket.getChannel());
    }

    @Override
    void removeNames() throws IOException {
        Junixsocket.delete(path);
    }
}
