// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stream socket with a path, as java.nio has it. */
final class UnixStreamJdkEnd extends ChannelEnd {

    private final Path path;

    @SuppressWarnings("NullAway.Init") // by create
    private ServerSocketChannel listener;

    UnixStreamJdkEnd(Role role) {
        super(role);
        path = Path.of(role.names().there());
    }

    @Override
    void create() throws IOException {
        listener =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(path));
    }

    @Override
    void join() throws IOException {
        SocketChannel socket =
                role.driver()
                        ? listener.accept()
                        : SocketChannel.open(UnixDomainSocketAddress.of(path));
        use(socket, socket);
    }

    @Override
    void removeNames() throws IOException {
        Files.delete(path);
    }
}
