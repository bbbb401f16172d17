// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixDatagramChannel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two datagram sockets with paths, each connected to the other: then a sender waits for room, and
 * is held by its own buffer only.
 */
final class UnixDatagramEnd extends MessageChannelEnd {

    private final UnixAddress mine;
    private final UnixAddress its;

    @SuppressWarnings("NullAway.Init") // by create or join
    private UnixDatagramChannel channel;

    UnixDatagramEnd(Role role) {
        super(role);
        mine = UnixAddress.of(role.names().to(role.driver()));
        its = UnixAddress.of(role.names().from(role.driver()));
    }

    @Override
    void create() throws IOException {
        channel = UnixDatagramChannel.bind(mine);
    }

    /** A datagram of the echo tells the driver that its socket is there. */
    @Override
    void join() throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(1);
            if (role.driver()) {
                channel.receive(one);
                channel.connect(its);
            } else {
                channel = UnixDatagramChannel.bind(mine);
                channel.connect(its).send(one);
            }
        }
        use(channel);
    }

    /** While both stay open: closing one removes its own. */
    @Override
    void removeNames() throws IOException {
        for (String path : role.names().both()) {
            Files.deleteIfExists(Path.of(path));
        }
    }
}
