// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.BorrowedDescriptor;
import io.chagres.Ipc;
import io.chagres.Mechanism;
import io.chagres.MessageInfo;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Sockets;
import io.chagres.socket.SocketWay.Kind;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pairs, and what sockets of every type have in common. */
@Tag("native")
class UnixPairTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void theyAreSupportedHere() {
        assertThat(Ipc.whyUnsupported(Mechanism.UNIX_STREAM)).isEmpty();
        assertThat(Ipc.whyUnsupported(Mechanism.UNIX_DATAGRAM)).isEmpty();
        assertThat(Ipc.whyUnsupported(Mechanism.UNIX_SEQPACKET)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.pair/O88")
    void bothEndsAreCloseOnExec(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind)) {
            assertThat(DescriptorCounts.isCloseOnExec(way.sender())).isTrue();
            assertThat(DescriptorCounts.isCloseOnExec(way.receiver())).isTrue();
        }
    }

    @Test
    void soAreServersConnectionsAndSocketsWithAnAddress() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                UnixSocketChannel client = UnixSocketChannel.connect(address);
                UnixSocketChannel accepted = server.accept();
                UnixDatagramChannel open = UnixDatagramChannel.open();
                UnixDatagramChannel bound = UnixDatagramChannel.bind(UnixAddress.unnamed())) {
            assertThat(DescriptorCounts.isCloseOnExec(server)).isTrue();
            for (UnixChannel each : List.of(client, accepted, open, bound)) {
                assertThat(DescriptorCounts.isCloseOnExec(each)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void buffersHaveASizeThatCanBeChanged(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind)) {
            UnixChannel socket = way.sender();
            int before = socket.sendBufferSize();
            assertThat(before).isPositive();
            assertThat(socket.sendBufferSize(10_000)).isEqualTo(20_000);
            assertThat(socket.sendBufferSize()).isEqualTo(20_000);
            assertThat(socket.receiveBufferSize(10_000)).isEqualTo(20_000);
            assertThat(socket.receiveBufferSize()).isEqualTo(20_000);
            assertThat(socket.sendBufferSize(1)).isPositive();
            assertThat(way.receiver().sendBufferSize()).isEqualTo(before);
            for (int size : new int[] {0, -1}) {
                assertThatThrownBy(() -> socket.sendBufferSize(size))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> socket.receiveBufferSize(size))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void moreFitsIntoALargerBuffer() throws Exception {
        try (UnixStreams ends = UnixStreams.Kind.PAIR.open()) {
            ends.client().sendBufferSize(10_000);
            long little = ends.fill();
            ends.server().readFully(new byte[(int) little]);
            ends.client().sendBufferSize(100_000);
            assertThat(ends.fill()).isGreaterThan(2 * little);
        }
    }

    @Test
    void closingAPairClosesBoth() throws Exception {
        SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
        assertThat(pair.first().toString()).isEqualTo("UnixSocketChannel[stream socket pair]");
        pair.first().close();
        pair.close();
        pair.close();
        assertThat(pair.first().isOpen() || pair.second().isOpen()).isFalse();
    }

    /** A server that asks for credentials hands that on to its connections. */
    @Test
    void connectionsOfAnAdoptedServerThatAsksForCredentialsHaveThem() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        UnixServerChannel made = UnixServerChannel.bind(address);
        passCredentials(made);
        MemorySegment target = UnixMessages.room(9);
        try (UnixServerChannel server = UnixServerChannel.adopt(made.detach());
                UnixSocketChannel client = UnixSocketChannel.connect(address);
                UnixSocketChannel accepted = server.accept(UnixStreams.PATIENCE)) {
            client.write(UnixMessages.segment("x"));
            MessageInfo none = new MessageInfo();
            assertThat(accepted.read(target, none)).isEqualTo(1);
            assertThat(none.areDescriptorsLost()).isFalse();
            assertThat(none.credentials()).contains(PeerCredentials.own());
            client.write(UnixMessages.segment("x"), Envelope.of(client));
            MessageInfo info = MessageInfo.forDescriptors(1);
            assertThat(accepted.read(target, info)).isEqualTo(1);
            assertThat(info.descriptorCount()).isEqualTo(1);
            info.closeDescriptors();
        }
    }

    private static void passCredentials(UnixServerChannel server) throws Exception {
        try (BorrowedDescriptor fd = server.borrow();
                Arena arena = Arena.ofConfined()) {
            MemorySegment on = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
            int result =
                    Sockets.setsockopt(
                            fd.fd(), Sockets.SOL_SOCKET, Sockets.SO_PASSCRED, on, Integer.BYTES);
            assertThat(result).isZero();
        }
    }

    @Test
    void anAdoptedSocketThatDoesNotBlockStillWaits() throws Exception {
        SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
        int fd = pair.first().detach();
        Fcntl.fcntl(fd, Fcntl.F_SETFL, Fcntl.O_NONBLOCK);
        Fcntl.fcntl(fd, Fcntl.F_SETFD, 0);
        try (UnixSocketChannel adopted = UnixSocketChannel.adopt(fd);
                UnixSocketChannel other = pair.second()) {
            assertThat(DescriptorCounts.isCloseOnExec(adopted)).isTrue();
            Caller<Integer> reading = Caller.start(() -> adopted.read(new byte[9])).awaitBlocked();
            other.write(new byte[2]);
            assertThat(reading.result()).isEqualTo(2);
        }
    }
}
