// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** A stream socket with a path, as junixsocket has it. */
final class UnixStreamJunixsocketEnd extends ChannelEnd {

    private final String path;

    @SuppressWarnings("NullAway.Init") // by create
    private AFUNIXServerSocketChannel listener;

    UnixStreamJunixsocketEnd(Role role) {
        super(role);
        path = role.names().there();
    }

    @Override
    void create() throws IOException {
        AFUNIXSocketAddress address = Junixsocket.address(path);
        listener = AFUNIXServerSocketChannel.open();
        listener.bind(address);
    }

    @Override
    void join() throws IOException {
        AFUNIXSocketAddress address = Junixsocket.address(path);
        AFUNIXSocketChannel socket =
                role.driver() ? listener.accept() : AFUNIXSocketChannel.open(address);
        use(socket, socket);
    }

    @Override
    void removeNames() throws IOException {
        Junixsocket.delete(path);
    }
}
