// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.BorrowedDescriptor;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.PeerGoneException;
import io.chagres.socket.UnixMessages.Kind;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequenced packets: their connection and its end. */
@Tag("native")
class UnixSeqPacketTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MemorySegment target = UnixMessages.room(100);
    private final MessageInfo info = new MessageInfo();

    static List<Arguments> everywhere() {
        return Threads.with(Kind.SEQPACKET_PAIR, Kind.SEQPACKET_ABSTRACT);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.seqpacket/O64")
    void theEndIsToldApartFromAnEmptyMessage(Threads threads, Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            ends.send("");
            ends.send("x");
            assertThat(ends.receiver().receive(target, info)).isZero();
            assertThat(ends.receiver().receive(target, info)).isEqualTo(1);
            Caller<Integer> receiving =
                    Caller.start(threads, () -> ends.receiver().receive(target)).awaitBlocked();
            ends.sender().close();
            assertThat(receiving.result()).isEqualTo(Ipc.EOF);
            assertThat(ends.receiver().receive(target, info)).isEqualTo(Ipc.EOF);
            assertThat(ends.receiver().tryReceive(target)).isEqualTo(Ipc.EOF);
            assertThat(ends.receiver().peek(target, info, UnixStreams.SHORT)).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.seqpacket/O64")
    void anEmptyMessageBeforeOthersIsOneAlsoWhenThePeerHasGone(Threads threads, Kind kind)
            throws Exception {
        try (UnixMessages ends = kind.open()) {
            ends.send("");
            ends.send("x");
            ends.sender().close();
            Caller<Integer> receiving =
                    Caller.start(threads, () -> ends.receiver().receive(target));
            assertThat(receiving.result()).isZero();
            assertThat(ends.receiver().receive(target, info)).isEqualTo(1);
            assertThat(ends.receiver().receive(target, info)).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.seqpacket/O64")
    void withCredentialsAlsoTheLastEmptyMessageIsOne(Threads threads, Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            ends.receiver().receiveCredentials(true);
            ends.send("");
            ends.sender().close();
            Caller<Integer> receiving =
                    Caller.start(threads, () -> ends.receiver().receive(target, info));
            assertThat(receiving.result()).isZero();
            assertThat(info.credentials()).isPresent();
            assertThat(ends.receiver().receive(target, info)).isEqualTo(Ipc.EOF);
            assertThat(info.credentials()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void eachHalfIsShutByItself(Threads threads, Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            ends.send("before");
            ends.sender().shutdownOutput();
            assertThat(ends.receive()).isEqualTo("before");
            Caller<Integer> receiving =
                    Caller.start(threads, () -> ends.receiver().receive(target));
            assertThat(receiving.result()).isEqualTo(Ipc.EOF);
            assertThatThrownBy(() -> ends.send("after")).isInstanceOf(PeerGoneException.class);
            ends.receiver().send(UnixMessages.segment("back"));
            assertThat(ends.sender().receive(target)).isEqualTo(4);
            Caller<Integer> waiting =
                    Caller.start(threads, () -> ends.sender().receive(target)).awaitBlocked();
            ends.sender().shutdownInput();
            assertThat(waiting.result()).isEqualTo(Ipc.EOF);
            assertThatThrownBy(() -> ends.receiver().send(target))
                    .isInstanceOf(PeerGoneException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SEQPACKET_PAIR", "SEQPACKET_ABSTRACT"})
    void theLengthOfTheNextMessageIsTold(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            UnixSeqPacketChannel receiver = (UnixSeqPacketChannel) ends.receiver();
            assertThat(receiver.nextLength()).isZero();
            ends.send("three");
            ends.send("seven");
            ends.send("");
            assertThat(receiver.nextLength()).isEqualTo(5);
            ends.receive();
            assertThat(receiver.nextLength()).isEqualTo(5);
            ends.receive();
            assertThat(receiver.nextLength()).isZero();
            ends.receive();
            ends.sender().close();
            assertThat(receiver.nextLength()).isZero();
        }
    }

    @Test
    void aDestinationIsNotForAConnection() throws Exception {
        try (UnixMessages ends = Kind.SEQPACKET_PAIR.open()) {
            Envelope envelope = Envelope.to(UnixAddress.ofAbstract(TestNames.posix()));
            assertThatThrownBy(() -> ends.sender().send(UnixMessages.segment("x"), envelope))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(ends.receiver().tryReceive(target)).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @Test
    void aServerTakesManyConnections() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        try (UnixSeqPacketServerChannel server =
                        UnixSeqPacketServerChannel.bind(address, BindOptions.defaults());
                UnixSeqPacketChannel first = UnixSeqPacketChannel.connect(address);
                UnixSeqPacketChannel second =
                        UnixSeqPacketChannel.connect(address, UnixStreams.PATIENCE);
                UnixSeqPacketChannel toFirst = server.accept();
                UnixSeqPacketChannel toSecond = server.tryAccept().orElseThrow()) {
            assertThat(server.tryAccept()).isEmpty();
            assertThat(server.localAddress()).isEqualTo(address);
            first.send(UnixMessages.segment("1"));
            second.send(UnixMessages.segment("2"));
            assertThat(new UnixMessages(first, toFirst).receive()).isEqualTo("1");
            assertThat(new UnixMessages(second, toSecond).receive()).isEqualTo("2");
            assertThat(first.remoteAddress()).isEqualTo(address);
            assertThat(first.toString()).contains("UnixSeqPacketChannel").contains("@");
        }
    }

    @Test
    void itsDescriptorsAreAdoptedByTheirOwnKindOnly() throws Exception {
        try (UnixSeqPacketServerChannel server =
                        UnixSeqPacketServerChannel.bind(UnixAddress.unnamed());
                SocketPair<UnixSeqPacketChannel> pair = UnixSeqPacketChannel.pair();
                BorrowedDescriptor packets = pair.second().borrow()) {
            UnixAddress address = server.localAddress();
            for (String each : List.of("stream", "datagram")) {
                assertThatThrownBy(
                                () -> {
                                    if (each.equals("stream")) {
                                        UnixSocketChannel.adopt(packets.fd());
                                    } else {
                                        UnixDatagramChannel.adopt(packets.fd());
                                    }
                                })
                        .isInstanceOf(IpcException.class)
                        .hasMessageContaining("it is a seqpacket socket and not " + each);
            }
            assertThatThrownBy(() -> UnixSeqPacketServerChannel.adopt(packets.fd()))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("does not listen");
            try (UnixSeqPacketServerChannel adopted =
                            UnixSeqPacketServerChannel.adopt(server.detach());
                    UnixSeqPacketChannel client = UnixSeqPacketChannel.connect(address);
                    UnixSeqPacketChannel accepted = adopted.accept(UnixStreams.PATIENCE);
                    UnixSeqPacketChannel again = UnixSeqPacketChannel.adopt(client.detach())) {
                again.send(UnixMessages.segment("x"));
                assertThat(accepted.receive(target)).isEqualTo(1);
            }
        }
    }
}
