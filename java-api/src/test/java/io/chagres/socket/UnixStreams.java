// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.test.TestNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Both ends of a stream, however it came about. */
record UnixStreams(UnixSocketChannel client, UnixSocketChannel server) implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(30);

    /** The ways to come by a stream. */
    enum Kind {
        PAIR {
            @Override
            UnixStreams open() throws IpcException {
                SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
                return new UnixStreams(pair.first(), pair.second());
            }
        },
        PATH {
            @Override
            UnixStreams open() throws Exception {
                Path folder = Files.createTempDirectory("chagres-stream");
                try {
                    return connected(UnixAddress.of(folder.resolve("socket")));
                } finally {
                    Files.delete(folder);
                }
            }
        },
        ABSTRACT {
            @Override
            UnixStreams open() throws Exception {
                return connected(UnixAddress.ofAbstract(TestNames.posix()));
            }
        },
        /** Handed from one handle to another by its number. */
        ADOPTED {
            @Override
            UnixStreams open() throws IpcException {
                SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
                return new UnixStreams(
                        UnixSocketChannel.adopt(pair.first().detach()),
                        UnixSocketChannel.adopt(pair.second().detach()));
            }
        };

        abstract UnixStreams open() throws Exception;
    }

    private static UnixStreams connected(UnixAddress address) throws Exception {
        try (UnixServerChannel server = UnixServerChannel.bind(address)) {
            UnixSocketChannel client = UnixSocketChannel.connect(address, PATIENCE);
            Optional<UnixSocketChannel> accepted = server.tryAccept();
            return new UnixStreams(client, accepted.orElseThrow());
        }
    }

    /** Has the client write until there is no room; returns the bytes that went in. */
    long fill() throws IpcException {
        byte[] packet = new byte[4096];
        long all = 0;
        long count = client.tryWrite(packet);
        while (count > 0) {
            all += count;
            count = client.tryWrite(packet);
        }
        if (count != Ipc.WOULD_BLOCK) {
            throw new AssertionError("a full stream says " + count);
        }
        return all;
    }

    @Override
    public void close() throws IpcException {
        try {
            client.close();
        } finally {
            server.close();
        }
    }
}
