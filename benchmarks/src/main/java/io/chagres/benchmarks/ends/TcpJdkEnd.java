// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A TCP connection over the loopback interface, without Nagle's delay. */
final class TcpJdkEnd extends ChannelEnd {

    @SuppressWarnings("NullAway.Init") // by create
    private ServerSocketChannel listener;

    TcpJdkEnd(Role role) {
        super(role);
    }

    @Override
    void create() throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.INET).bind(Loopback.port(0));
    }

    @Override
    String peerName() throws IOException {
        return Loopback.tell(listener);
    }

    @Override
    void join() throws IOException {
        SocketChannel socket = role.driver() ? listener.accept() : connect();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        use(socket, socket);
    }

    private SocketChannel connect() throws IOException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.INET);
        socket.connect(Loopback.of(role));
        return socket;
    }

    @Override
    void removeNames() {
        // there are none
    }
}
