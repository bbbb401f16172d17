// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.MessageInfo;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;

/** Every operation of a socket that may wait, and what lets it go on. */
enum UnixWaits {
    ACCEPT {
        @Override
        Wait open(Path folder) throws Exception {
            UnixAddress address = UnixAddress.of(folder.resolve("server"));
            UnixServerChannel server = UnixServerChannel.bind(address);
            return new Wait(
                    server,
                    null,
                    () -> server.accept().close(),
                    () -> UnixSocketChannel.connect(address, PATIENCE).close());
        }
    },
    ACCEPT_SEQPACKET {
        @Override
        Wait open(Path folder) throws Exception {
            UnixAddress address = UnixAddress.of(folder.resolve("server"));
            UnixSeqPacketServerChannel server = UnixSeqPacketServerChannel.bind(address);
            return new Wait(
                    server,
                    null,
                    () -> server.accept(PATIENCE).close(),
                    () -> UnixSeqPacketChannel.connect(address, PATIENCE).close());
        }
    },
    READ {
        @Override
        Wait open(Path folder) throws Exception {
            return stream(end -> assertThat(end.read(new byte[8])).isEqualTo(1));
        }
    },
    READ_TIMED {
        @Override
        Wait open(Path folder) throws Exception {
            return stream(end -> assertThat(end.read(new byte[8], PATIENCE)).isEqualTo(1));
        }
    },
    READ_FULLY {
        @Override
        Wait open(Path folder) throws Exception {
            return stream(end -> assertThat(end.readFully(new byte[1])).isEqualTo(1));
        }
    },
    READ_WITH_INFO {
        @Override
        Wait open(Path folder) throws Exception {
            return stream(
                    end ->
                            assertThat(end.read(heap(), MessageInfo.forDescriptors(3)))
                                    .isEqualTo(1));
        }
    },
    PEEK {
        @Override
        Wait open(Path folder) throws Exception {
            return stream(end -> assertThat(end.peek(heap(), PATIENCE)).isEqualTo(1));
        }
    },
    WRITE {
        @Override
        Wait open(Path folder) throws Exception {
            return fullStream(end -> end.write(new byte[1]));
        }
    },
    WRITE_TIMED {
        @Override
        Wait open(Path folder) throws Exception {
            return fullStream(end -> end.write(new byte[1], PATIENCE));
        }
    },
    WRITE_WITH_ENVELOPE {
        @Override
        Wait open(Path folder) throws Exception {
            return fullStream(end -> end.write(heap(), Envelope.of(end)));
        }
    },
    RECEIVE_DATAGRAM {
        @Override
        Wait open(Path folder) throws Exception {
            return messages(
                    UnixDatagramChannel.pair(), end -> assertThat(end.receive(heap())).isOne());
        }
    },
    RECEIVE_RECORD {
        @Override
        Wait open(Path folder) throws Exception {
            return messages(
                    UnixSeqPacketChannel.pair(),
                    end -> assertThat(end.receive(heap(), new MessageInfo())).isOne());
        }
    },
    RECEIVE_BATCH {
        @Override
        Wait open(Path folder) throws Exception {
            return messages(
                    UnixDatagramChannel.pair(),
                    end -> assertThat(end.receive(new MessageBatch(4, 8))).isOne());
        }
    },
    SEND_DATAGRAM {
        @Override
        Wait open(Path folder) throws Exception {
            return fullMessages(UnixDatagramChannel.pair(), end -> end.send(heap()));
        }
    },
    SEND_RECORD {
        @Override
        Wait open(Path folder) throws Exception {
            return fullMessages(
                    UnixSeqPacketChannel.pair(),
                    end -> assertThat(end.trySend(heap(), PATIENCE)).isTrue());
        }
    },
    SEND_TO_FULL_RECEIVER {
        @Override
        Wait open(Path folder) throws Exception {
            UnixAddress address = UnixAddress.of(folder.resolve("receiver"));
            UnixDatagramChannel receiver = UnixDatagramChannel.bind(address);
            UnixDatagramChannel sender = UnixDatagramChannel.open();
            Envelope to = Envelope.to(address);
            while (sender.trySend(heap(), to)) {
                // until its queue is full
            }
            return new Wait(
                    sender,
                    receiver,
                    () -> sender.send(heap(), to),
                    () -> assertThat(receiver.receive(heap())).isEqualTo(8));
        }
    };

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What may throw anything. */
    interface Action {
        void run() throws Exception;
    }

    /** An operation of one end. */
    interface Operation<C> {
        void of(C end) throws Exception;
    }

    /**
     * An operation that waits.
     *
     * @param handle that it is one of
     * @param peer of the handle; may be null
     * @param operation returns when it has succeeded
     * @param release lets one of it succeed
     */
    record Wait(
            java.nio.channels.Channel handle, AutoCloseable peer, Action operation, Action release)
            implements AutoCloseable {
        @Override
        public void close() throws Exception {
            handle.close();
            if (peer != null) {
                peer.close();
            }
        }
    }

    abstract Wait open(Path folder) throws Exception;

    private static MemorySegment heap() {
        return MemorySegment.ofArray(new byte[8]);
    }

    private static Wait stream(Operation<UnixSocketChannel> operation) throws Exception {
        SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
        return new Wait(
                pair.first(),
                pair.second(),
                () -> operation.of(pair.first()),
                () -> pair.second().write(new byte[1]));
    }

    private static Wait fullStream(Operation<UnixSocketChannel> operation) throws Exception {
        SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
        byte[] block = new byte[4096];
        long sum = 0;
        for (int count = pair.first().tryWrite(block);
                count > 0;
                count = pair.first().tryWrite(block)) {
            sum += count;
        }
        byte[] all = new byte[(int) sum];
        return new Wait(
                pair.first(),
                pair.second(),
                () -> operation.of(pair.first()),
                () -> assertThat(pair.second().readFully(all)).isEqualTo(all.length));
    }

    private static <C extends UnixMessageChannel> Wait messages(
            SocketPair<C> pair, Operation<C> operation) {
        return new Wait(
                pair.first(),
                pair.second(),
                () -> operation.of(pair.first()),
                () -> pair.second().send(MemorySegment.ofArray(new byte[1])));
    }

    private static <C extends UnixMessageChannel> Wait fullMessages(
            SocketPair<C> pair, Operation<C> operation) throws Exception {
        int count = 0;
        while (pair.first().trySend(heap())) {
            count++;
        }
        int sent = count;
        return new Wait(
                pair.first(),
                pair.second(),
                () -> operation.of(pair.first()),
                () -> {
                    for (int i = 0; i < sent; i++) {
                        assertThat(pair.second().receive(heap())).isEqualTo(8);
                    }
                });
    }
}
