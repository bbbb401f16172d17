// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.TestNames;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sender of messages and its receiver, however they came about. */
record UnixMessages(UnixMessageChannel sender, UnixMessageChannel receiver)
        implements AutoCloseable {

    /** The ways to come by them. */
    enum Kind {
        DATAGRAM_PAIR {
            @Override
            UnixMessages open() throws IpcException {
                SocketPair<UnixDatagramChannel> pair = UnixDatagramChannel.pair();
                return new UnixMessages(pair.first(), pair.second());
            }
        },
        DATAGRAM_PATH {
            @Override
            UnixMessages open() throws Exception {
                Path folder = Files.createTempDirectory("chagres-datagram");
                Path path = folder.resolve("socket");
                UnixAddress address = UnixAddress.of(path);
                UnixDatagramChannel receiver = UnixDatagramChannel.bind(address);
                try {
                    return new UnixMessages(UnixDatagramChannel.open().connect(address), receiver);
                } finally {
                    Files.delete(path); // which is needed to connect, and not to send
                    Files.delete(folder);
                }
            }
        },
        SEQPACKET_PAIR {
            @Override
            UnixMessages open() throws IpcException {
                SocketPair<UnixSeqPacketChannel> pair = UnixSeqPacketChannel.pair();
                return new UnixMessages(pair.first(), pair.second());
            }
        },
        SEQPACKET_ABSTRACT {
            @Override
            UnixMessages open() throws Exception {
                UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
                try (UnixSeqPacketServerChannel server = UnixSeqPacketServerChannel.bind(address)) {
                    UnixSeqPacketChannel client =
                            UnixSeqPacketChannel.connect(address, UnixStreams.PATIENCE);
                    return new UnixMessages(client, server.accept(UnixStreams.PATIENCE));
                }
            }
        };

        abstract UnixMessages open() throws Exception;

        /** Whether there is a connection, with an end. */
        boolean isConnection() {
            return this == SEQPACKET_PAIR || this == SEQPACKET_ABSTRACT;
        }
    }

    static MemorySegment segment(String text) {
        return MemorySegment.ofArray(text.getBytes(UTF_8));
    }

    /** A target of so many bytes. */
    static MemorySegment room(int size) {
        return MemorySegment.ofArray(new byte[size]);
    }

    static String text(MemorySegment segment, long count) {
        return new String(segment.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE), UTF_8);
    }

    void send(String message) throws Exception {
        sender.send(segment(message));
    }

    /** The next message, which is there. */
    String receive() throws Exception {
        return receive(new MessageInfo());
    }

    /** The next message with what comes with it. */
    String receive(MessageInfo info) throws Exception {
        MemorySegment target = room(1000);
        return text(target, receiver.receive(target, info, UnixStreams.PATIENCE));
    }

    /** Sends empty messages until there is no room; returns how many went. */
    int fill() throws IpcException {
        int count = 0;
        while (sender.trySend(room(1))) {
            count++;
        }
        return count;
    }

    @Override
    public void close() throws IpcException {
        try {
            sender.close();
        } finally {
            receiver.close();
        }
    }
}
