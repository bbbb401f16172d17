// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** A socket of some type whose peer is no Java. */
interface ForeignPeer extends AutoCloseable {

    Duration PATIENCE = Duration.ofSeconds(30);

    /** The longest message that peers take. */
    int LONGEST = 65_536;

    void send(byte[] bytes, Envelope envelope) throws Exception;

    /** Fills the target, of a stream, or puts a message into it; returns its bytes. */
    byte[] receive(byte[] target, MessageInfo info) throws Exception;

    /** Says that nothing more comes, which the peer answers by its end. */
    void end() throws Exception;

    UnixChannel channel();

    @Override
    default void close() throws Exception {
        channel().close();
    }

    /** The types, and how one of each comes to its peer. */
    enum Type {
        STREAM {
            @Override
            ForeignPeer connect(Path path) throws Exception {
                return new Stream(UnixSocketChannel.connect(UnixAddress.of(path), PATIENCE));
            }

            @Override
            Place bind(Path path) throws Exception {
                UnixServerChannel server = UnixServerChannel.bind(UnixAddress.of(path));
                return new Place(() -> new Stream(server.accept(PATIENCE)), server);
            }
        },
        DATAGRAM {
            @Override
            ForeignPeer connect(Path path) throws Exception {
                UnixAddress own = UnixAddress.of(path + ".java");
                UnixAddress peer = UnixAddress.of(path);
                return new Messages(UnixDatagramChannel.bind(own).connect(peer));
            }

            @Override
            Place bind(Path path) throws Exception {
                UnixDatagramChannel own = UnixDatagramChannel.bind(UnixAddress.of(path));
                own.receiveCredentials(true);
                return new Place(() -> new Messages(talkingToTheFirst(own)), own);
            }
        },
        SEQPACKET {
            @Override
            ForeignPeer connect(Path path) throws Exception {
                return new Messages(UnixSeqPacketChannel.connect(UnixAddress.of(path), PATIENCE));
            }

            @Override
            Place bind(Path path) throws Exception {
                UnixSeqPacketServerChannel server =
                        UnixSeqPacketServerChannel.bind(UnixAddress.of(path));
                return new Place(() -> new Messages(server.accept(PATIENCE)), server);
            }
        };

        abstract ForeignPeer connect(Path path) throws Exception;

        abstract Place bind(Path path) throws Exception;

        /** As the peers know it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static UnixDatagramChannel talkingToTheFirst(UnixDatagramChannel own)
                throws Exception {
            MessageInfo first = new MessageInfo();
            own.peek(MemorySegment.ofArray(new byte[1]), first, PATIENCE);
            return own.connect(first.sender());
        }
    }

    /** Accepts a peer. */
    interface Acceptor {
        ForeignPeer accept() throws Exception;
    }

    /** Where a peer comes to. */
    record Place(Acceptor acceptor, AutoCloseable bound) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            bound.close();
        }
    }

    /** A stream. */
    record Stream(UnixSocketChannel channel) implements ForeignPeer {
        @Override
        public void send(byte[] bytes, Envelope envelope) throws Exception {
            assertThat(channel.write(MemorySegment.ofArray(bytes), envelope, PATIENCE))
                    .isEqualTo(bytes.length);
        }

        @Override
        public byte[] receive(byte[] target, MessageInfo info) throws Exception {
            MemorySegment segment = MemorySegment.ofArray(target);
            long first = channel.read(segment, info, PATIENCE);
            assertThat(first).isPositive();
            assertThat(channel.readFully(segment.asSlice(first), PATIENCE))
                    .isEqualTo(target.length - first);
            return target;
        }

        @Override
        public void end() throws Exception {
            channel.shutdownOutput();
            assertThat(channel.read(new byte[1], PATIENCE)).isEqualTo(Ipc.EOF);
        }
    }

    /** Messages. */
    record Messages(UnixMessageChannel channel) implements ForeignPeer {
        @Override
        public void send(byte[] bytes, Envelope envelope) throws Exception {
            assertThat(channel.trySend(MemorySegment.ofArray(bytes), envelope, PATIENCE)).isTrue();
        }

        @Override
        public byte[] receive(byte[] target, MessageInfo info) throws Exception {
            byte[] longest = new byte[LONGEST];
            int length = channel.receive(MemorySegment.ofArray(longest), info, PATIENCE);
            assertThat(length).isNotNegative();
            assertThat(info.isTruncated()).isFalse();
            return Arrays.copyOf(longest, length);
        }

        @Override
        public void end() throws Exception {
            if (channel instanceof UnixDatagramChannel) {
                channel.send(MemorySegment.ofArray(new byte[0]));
            } else {
                channel.shutdownOutput();
                int result = channel.receive(MemorySegment.ofArray(new byte[1]), PATIENCE);
                assertThat(result).isEqualTo(Ipc.EOF);
            }
        }
    }
}
