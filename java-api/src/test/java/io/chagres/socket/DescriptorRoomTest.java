// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Borrowable;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.socket.SocketWay.Kind;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Descriptors that nobody takes, for want of room, of interest or of numbers: none is left. */
@Tag("native")
class DescriptorRoomTest {

    private static final MemorySegment MESSAGE = UnixMessages.segment("hello");

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MemorySegment target = UnixMessages.room(100);
    private AnonymousPipe pipe;
    private long open;

    @BeforeEach
    void open() throws Exception {
        pipe = AnonymousPipe.open();
        open = DescriptorCounts.openOn(pipe.sink());
    }

    @AfterEach
    void close() throws Exception {
        assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open);
        pipe.close();
    }

    private Envelope envelope(int descriptors) {
        List<Borrowable> all = Collections.nCopies(descriptors, pipe.sink());
        return Envelope.empty().withDescriptors(all);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.fdpass/O72")
    void withTooLittleRoomAllAreClosedAndTheErrorSaysSo(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind)) {
            for (int[] each : new int[][] {{1, 2}, {1, 253}, {2, 3}, {3, 4}, {252, 253}}) {
                MessageInfo info = MessageInfo.forDescriptors(each[0]);
                way.send(MESSAGE, envelope(each[1]));
                assertThatThrownBy(() -> way.receive(target, info))
                        .isInstanceOf(IpcException.class)
                        .hasMessageContaining("more than the " + each[0] + " descriptors");
                assertThat(info.descriptorCount()).isZero();
                assertThat(info.areDescriptorsLost()).isTrue();
                assertThat(info.length()).isEqualTo(5);
                assertThat(UnixMessages.text(target, 5)).isEqualTo("hello");
                assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open);
            }
        }
    }

    @Test
    @Conforms("af_unix.fdpass/O72")
    void theMessageIsInTheBuffersThoughItsDescriptorsAreLost() throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(1);
        ByteBuffer[] parts = {ByteBuffer.allocate(2), ByteBuffer.allocateDirect(9)};
        try (SocketWay way = SocketWay.open(Kind.DATAGRAM)) {
            way.send(MESSAGE, envelope(2));
            UnixMessageChannel receiver = (UnixMessageChannel) way.receiver();
            assertThatThrownBy(() -> receiver.receive(parts, info))
                    .isInstanceOf(IpcException.class);
            assertThat(parts[0].array()).asString(StandardCharsets.UTF_8).isEqualTo("he");
            assertThat(parts[1].position()).isEqualTo(3);
            ByteBuffer buffer = ByteBuffer.allocateDirect(9);
            way.send(MESSAGE, envelope(2));
            assertThatThrownBy(() -> receiver.receive(buffer, info))
                    .isInstanceOf(IpcException.class);
            assertThat(buffer.get(4)).isEqualTo((byte) 'o');
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.fdpass/O72")
    void beforeCredentialsNoRoomIsTakenFromThem(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind)) {
            way.receiver().receiveCredentials(true);
            for (int[] each : new int[][] {{1, 1}, {3, 3}, {253, 253}}) {
                MessageInfo info = MessageInfo.forDescriptors(each[0]);
                way.send(MESSAGE, envelope(each[1]).withCredentials(PeerCredentials.own()));
                assertThat(way.receive(target, info)).isEqualTo(5);
                assertThat(info.descriptorCount()).isEqualTo(each[1]);
                assertThat(info.credentials()).contains(PeerCredentials.own());
                info.closeDescriptors();
            }
            MessageInfo info = MessageInfo.forDescriptors(1);
            way.send(MESSAGE, envelope(2));
            assertThatThrownBy(() -> way.receive(target, info)).isInstanceOf(IpcException.class);
            assertThat(info.credentials()).contains(PeerCredentials.own());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void thoseThatNobodyAskedForAreClosedAndTold(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind)) {
            MessageInfo info = new MessageInfo();
            way.send(MESSAGE, envelope(3));
            assertThat(way.receive(target, info)).isEqualTo(5);
            assertThat(info.areDescriptorsLost()).isTrue();
            assertThat(info.descriptorCount()).isZero();
            way.send(MESSAGE, envelope(253));
            assertThat(way.receive(target)).isEqualTo(5);
            way.send(MESSAGE, Envelope.empty());
            assertThat(way.receive(target, info)).isEqualTo(5);
            assertThat(info.areDescriptorsLost()).isFalse();
            assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DATAGRAM", "SEQPACKET"})
    void aBatchTakesNone(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind)) {
            way.send(MESSAGE, envelope(3));
            way.send(MESSAGE, envelope(253));
            MessageBatch batch = new MessageBatch(4, 8);
            assertThat(((UnixMessageChannel) way.receiver()).receive(batch)).isEqualTo(2);
            assertThat(UnixMessages.text(batch.message(1), 5)).isEqualTo("hello");
            assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void thoseThatWereNotTakenAreClosedByTheNextReceive(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind)) {
            MessageInfo info = MessageInfo.forDescriptors(5);
            way.send(MESSAGE, envelope(5));
            way.receive(target, info);
            info.takeDescriptor().close();
            assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open + 4);
            way.send(MESSAGE, envelope(1));
            way.receive(target, info);
            assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open + 1);
            info.closeDescriptors();
            info.closeDescriptors();
            assertThat(info.descriptorCount()).isZero();
            assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.fdpass/O77")
    void thoseOfAMessageThatIsNeverReadEndWithTheReceiver(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind);
                AnonymousPipe own = AnonymousPipe.open()) {
            way.send(MESSAGE, Envelope.of(own.sink(), own.source(), own.sink()));
            own.sink().close();
            byte[] one = new byte[1];
            assertThat(own.source().tryRead(one)).isEqualTo(Ipc.WOULD_BLOCK);
            way.receiver().close();
            assertThat(own.source().read(one, UnixStreams.PATIENCE)).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Tag("cross-process")
    void whoHasNoNumbersLeftIsToldTheLimitAndKeepsNone(Kind kind) throws Exception {
        try (SecondProcess child =
                SecondProcess.command(
                        SecondProcess.javaCommand(
                                List.of("sh", "-c", "ulimit -n 200; exec \"$@\"", "sh"),
                                List.of("-XX:-MaxFDLimit"),
                                ReceivesWithoutNumbers.class,
                                kind.name()))) {
            assertThat(child.readLine()).isEqualTo("recv EMFILE RLIMIT_NOFILE 200");
            assertThat(child.readLine()).isEqualTo("hello lost=true count=0 room=true");
            assertThat(child.readLine()).isEqualTo("hello lost=false count=3");
            assertThat(child.exitCode()).isZero();
        }
    }
}
