// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Two datagram sockets with paths, each connected to the other, as junixsocket has them. */
final class UnixDatagramJunixsocketEnd extends JunixsocketMessageEnd {

    private final String mine;
    private final String its;

    @SuppressWarnings("NullAway.Init") // by create or join
    private AFUNIXDatagramChannel channel;

    UnixDatagramJunixsocketEnd(Role role) {
        super(role);
        mine = role.names().to(role.driver());
        its = role.names().from(role.driver());
    }

    @Override
    void create() throws IOException {
        AFUNIXSocketAddress address = Junixsocket.address(mine);
        channel = AFUNIXDatagramChannel.open();
        channel.bind(address);
    }

    /** A datagram of the echo tells the driver that its socket is there. */
    @Override
    void join() throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        AFUNIXSocketAddress peer = Junixsocket.address(its);
        if (role.driver()) {
            channel.receive(one);
            channel.connect(peer);
        } else {
            create();
            channel.connect(peer);
            channel.write(one);
        }
        use(channel);
    }

    @Override
    void removeNames() throws IOException {
        for (String path : role.names().both()) {
            Junixsocket.delete(path);
        }
    }
}
