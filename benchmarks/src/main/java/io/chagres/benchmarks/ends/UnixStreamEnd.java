// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixServerChannel;
import io.chagres.socket.UnixSocketChannel;
import java.io.EOFException;
import java.io.IOException;

/** A stream socket with a path. */
final class UnixStreamEnd extends End {

    private final UnixAddress address;

    @SuppressWarnings("NullAway.Init") // by create
    private UnixServerChannel server;

    @SuppressWarnings("NullAway.Init") // by join
    private UnixSocketChannel channel;

    UnixStreamEnd(Role role) {
        super(role);
        address = UnixAddress.of(role.names().there());
    }

    @Override
    void create() throws IOException {
        server = UnixServerChannel.bind(address);
    }

    @Override
    void join() throws IOException, InterruptedException {
        channel = role.driver() ? server.accept() : UnixSocketChannel.connect(address);
    }

    @Override
    void removeNames() throws IOException {
        server.close();
    }

    @Override
    void send() throws IOException, InterruptedException {
        channel.write(message);
    }

    @Override
    void receive() throws IOException, InterruptedException {
        if (channel.readFully(answer) != size) {
            throw new EOFException("the other end is gone");
        }
    }
}
