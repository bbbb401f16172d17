// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channel;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that wait, closed under and interrupted, in every place where one can wait. */
@Tag("native")
class UnixWaitingTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    /** A handle, a call of it that waits, and what else has to be closed. */
    record Place(Channel handle, Callable<?> call, AutoCloseable rest) {}

    /** Where one can wait. */
    enum Where {
        ACCEPT {
            @Override
            Place open() throws Exception {
                UnixServerChannel server = UnixServerChannel.bind(UnixAddress.unnamed());
                return new Place(server, () -> server.accept(), server);
            }
        },
        ACCEPT_TIMED {
            @Override
            Place open() throws Exception {
                UnixSeqPacketServerChannel server =
                        UnixSeqPacketServerChannel.bind(UnixAddress.unnamed());
                return new Place(server, () -> server.accept(UnixStreams.PATIENCE), server);
            }
        },
        READ {
            @Override
            Place open() throws Exception {
                UnixStreams ends = UnixStreams.Kind.PAIR.open();
                return new Place(ends.server(), () -> ends.server().read(new byte[1]), ends);
            }
        },
        READ_WITH_INFO {
            @Override
            Place open() throws Exception {
                UnixStreams ends = UnixStreams.Kind.PAIR.open();
                return new Place(
                        ends.server(), () -> ends.server().read(ROOM, new MessageInfo()), ends);
            }
        },
        READ_TIMED {
            @Override
            Place open() throws Exception {
                UnixStreams ends = UnixStreams.Kind.PAIR.open();
                return new Place(
                        ends.server(), () -> ends.server().read(ROOM, UnixStreams.PATIENCE), ends);
            }
        },
        WRITE {
            @Override
            Place open() throws Exception {
                UnixStreams ends = UnixStreams.Kind.PAIR.open();
                ends.fill();
                return new Place(ends.client(), () -> ends.client().write(ROOM), ends);
            }
        },
        WRITE_WITH_ENVELOPE {
            @Override
            Place open() throws Exception {
                UnixStreams ends = UnixStreams.Kind.PAIR.open();
                ends.fill();
                Envelope envelope = Envelope.of(ends.server());
                return new Place(ends.client(), () -> ends.client().write(ROOM, envelope), ends);
            }
        },
        RECEIVE {
            @Override
            Place open() throws Exception {
                UnixMessages ends = UnixMessages.Kind.SEQPACKET_PAIR.open();
                return new Place(ends.receiver(), () -> ends.receiver().receive(ROOM), ends);
            }
        },
        RECEIVE_DATAGRAM {
            @Override
            Place open() throws Exception {
                UnixMessages ends = UnixMessages.Kind.DATAGRAM_PATH.open();
                return new Place(
                        ends.receiver(),
                        () -> ends.receiver().receive(ROOM, new MessageInfo()),
                        ends);
            }
        },
        RECEIVE_BATCH {
            @Override
            Place open() throws Exception {
                UnixMessages ends = UnixMessages.Kind.DATAGRAM_PAIR.open();
                MessageBatch batch = new MessageBatch(2, 8);
                return new Place(ends.receiver(), () -> ends.receiver().receive(batch), ends);
            }
        },
        SEND {
            @Override
            Place open() throws Exception {
                UnixMessages ends = UnixMessages.Kind.DATAGRAM_PATH.open();
                ends.fill();
                return new Place(ends.sender(), () -> sent(ends, Envelope.empty()), ends);
            }
        },
        SEND_TO {
            @Override
            Place open() throws Exception {
                UnixDatagramChannel receiver = UnixDatagramChannel.bind(UnixAddress.unnamed());
                UnixMessages ends = new UnixMessages(UnixDatagramChannel.open(), receiver);
                Envelope envelope = Envelope.to(receiver.localAddress());
                while (ends.sender().trySend(ROOM, envelope)) {
                    // until it is full
                }
                return new Place(ends.sender(), () -> sent(ends, envelope), ends);
            }
        };

        abstract Place open() throws Exception;

        private static boolean sent(UnixMessages ends, Envelope envelope) throws Exception {
            ends.sender().send(ROOM, envelope);
            return true;
        }
    }

    private static final MemorySegment ROOM = UnixMessages.room(1);

    static List<Arguments> everywhere() {
        return Threads.with((Object[]) Where.values());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.connect/O41")
    void closeEndsACallThatWaits(Threads threads, Where where) throws Exception {
        Place place = where.open();
        try (AutoCloseable rest = place.rest()) {
            Caller<?> calling = Caller.start(threads, place.call()).awaitBlocked();
            Caller<?> second = Caller.start(threads, place.call()).awaitBlocked();
            place.handle().close();
            assertThatThrownBy(calling::result).hasCauseInstanceOf(ClosedException.class);
            assertThatThrownBy(second::result).hasCauseInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> place.call().call()).isInstanceOf(ClosedException.class);
            assertThat(rest).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.connect/O42")
    void anInterruptEndsACallThatWaitsAndTheHandleStaysOpen(Threads threads, Where where)
            throws Exception {
        Place place = where.open();
        try (AutoCloseable rest = place.rest()) {
            for (int i = 0; i < 2; i++) {
                Caller<?> calling = Caller.start(threads, place.call()).awaitBlocked();
                calling.interrupt();
                assertThatThrownBy(calling::result).hasCauseInstanceOf(InterruptedException.class);
                assertThat(place.handle().isOpen()).isTrue();
            }
            assertThat(rest).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("af_unix.connect/O42")
    void afterAnInterruptNothingIsLost(Threads threads) throws Exception {
        try (UnixStreams ends = UnixStreams.Kind.PAIR.open()) {
            Caller<Integer> reading =
                    Caller.start(threads, () -> ends.server().read(new byte[9])).awaitBlocked();
            reading.interrupt();
            assertThatThrownBy(reading::result).hasCauseInstanceOf(InterruptedException.class);
            ends.client().write(new byte[3]);
            assertThat(ends.server().read(new byte[9])).isEqualTo(3);
            assertThat(ends.server().tryRead(new byte[9])).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }
}
