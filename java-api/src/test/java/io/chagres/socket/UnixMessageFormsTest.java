// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.MessageInfo;
import io.chagres.socket.UnixMessages.Kind;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages in every kind of memory: empty, cut, too large, in several parts. */
@Tag("native")
class UnixMessageFormsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MessageInfo info = new MessageInfo();

    private interface Call {
        void run() throws Exception;
    }

    private static void refused(Class<? extends Exception> how, Call... calls) {
        for (Call each : calls) {
            assertThatThrownBy(each::run).isInstanceOf(how);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void segmentsAndBuffersOfEveryKindGoThrough(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open();
                Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom("xHELLOy", UTF_8).asSlice(1, 5);
            ByteBuffer direct = ByteBuffer.allocateDirect(9);
            direct.put("xHELLOyyy".getBytes(UTF_8)).position(1).limit(6);
            ByteBuffer heap = ByteBuffer.wrap("xHELLOy".getBytes(UTF_8), 1, 5);
            ends.sender().send(text);
            ends.sender().send(text.asReadOnly(), Envelope.empty());
            ends.sender().send(UnixMessages.segment("HELLO"));
            ends.sender().send(direct);
            ends.sender().send(heap.asReadOnlyBuffer());
            assertThat(ends.sender().trySend(heap, UnixStreams.PATIENCE)).isTrue();
            assertThat(direct.position()).isEqualTo(6);
            assertThat(heap.position()).isEqualTo(6);
            MemorySegment nativeRoom = arena.allocate(20);
            assertThat(ends.receiver().receive(nativeRoom)).isEqualTo(5);
            assertThat(UnixMessages.text(nativeRoom, 5)).isEqualTo("HELLO");
            assertThat(ends.receiver().receive(nativeRoom, info)).isEqualTo(5);
            MemorySegment room = UnixMessages.room(20);
            assertThat(ends.receiver().receive(room)).isEqualTo(5);
            assertThat(UnixMessages.text(room, 5)).isEqualTo("HELLO");
            direct.clear().position(2);
            assertThat(ends.receiver().receive(direct, info)).isEqualTo(5);
            assertThat(direct.position()).isEqualTo(7);
            ByteBuffer target = ByteBuffer.allocate(20).position(3);
            assertThat(ends.receiver().receive(target, info)).isEqualTo(5);
            assertThat(new String(target.array(), 3, 5, UTF_8)).isEqualTo("HELLO");
            assertThat(ends.receive()).isEqualTo("HELLO");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void severalPartsAreOneMessageInTheirOrder(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            ByteBuffer[] parts = {
                ByteBuffer.wrap("ab".getBytes(UTF_8)),
                ByteBuffer.allocate(0),
                ByteBuffer.allocateDirect(3).put("cde".getBytes(UTF_8)).flip().asReadOnlyBuffer()
            };
            ends.sender().send(parts);
            ends.sender().send(new ByteBuffer[0]);
            ends.send("fghij");
            assertThat(parts).noneMatch(ByteBuffer::hasRemaining);
            ByteBuffer[] targets = {
                ByteBuffer.allocateDirect(1), ByteBuffer.allocate(0), ByteBuffer.allocate(6)
            };
            assertThat(ends.receiver().receive(targets, info)).isEqualTo(5);
            assertThat(targets[0].get(0)).isEqualTo((byte) 'a');
            assertThat(new String(targets[2].array(), 0, 4, UTF_8)).isEqualTo("bcde");
            assertThat(targets[2].position()).isEqualTo(4);
            assertThat(ends.receiver().receive(targets, info)).isZero();
            assertThat(ends.receiver().receive(targets, info)).isEqualTo(2);
            assertThat(info.isTruncated()).isTrue();
            assertThat(info.length()).isEqualTo(5);
            assertThat(new String(targets[2].array(), UTF_8)).isEqualTo("bcdefg");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.seqpacket/O65")
    void aMessageThatIsLongerThanTheTargetIsCutAndThatIsSaid(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open();
                Arena arena = Arena.ofConfined()) {
            for (MemorySegment room :
                    new MemorySegment[] {arena.allocate(4), UnixMessages.room(4)}) {
                ends.send("truncated");
                ends.send("fits");
                assertThat(ends.receiver().receive(room, info)).isEqualTo(4);
                assertThat(UnixMessages.text(room, 4)).isEqualTo("trun");
                assertThat(info.isTruncated()).isTrue();
                assertThat(info.length()).isEqualTo(9);
                assertThat(ends.receiver().tryReceive(room, info)).isEqualTo(4);
                assertThat(info.isTruncated()).isFalse();
                assertThat(info.length()).isEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.seqpacket/O65")
    void withoutAnInfoACutMessageIsAnError(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            MemorySegment room = UnixMessages.room(4);
            ends.send("truncated");
            ends.send("next");
            assertThatThrownBy(() -> ends.receiver().receive(room))
                    .isInstanceOfSatisfying(
                            IpcException.class,
                            e -> {
                                assertThat(e.symbol()).isEqualTo("EMSGSIZE");
                                assertThat(e.operation()).isEqualTo("recv");
                            })
                    .hasMessageContaining("has 9 bytes and the target 4");
            assertThat(UnixMessages.text(room, 4)).isEqualTo("trun");
            assertThat(ends.receive()).isEqualTo("next");
            ends.send("x");
            refused(IpcException.class, () -> ends.receiver().tryReceive(UnixMessages.room(0)));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anEmptyMessageIsAMessage(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            ends.send("");
            ends.sender().send(MemorySegment.NULL);
            ends.sender().send(ByteBuffer.allocate(0));
            ends.send("after");
            MemorySegment target = UnixMessages.room(10);
            assertThat(ends.receiver().receive(target)).isZero();
            assertThat(ends.receiver().receive(target, info)).isZero();
            assertThat(info.length()).isZero();
            assertThat(ends.receiver().receive(UnixMessages.room(0), info)).isZero();
            assertThat(ends.receive()).isEqualTo("after");
            assertThat(ends.receiver().tryReceive(target)).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.datagram/O57")
    void aMessageThatDoesNotFitIsRefusedWithTheSizeAndNothingIsSent(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            int buffer = ends.sender().sendBufferSize(20_000);
            MemorySegment message = UnixMessages.room(buffer + 1);
            MessageBatch batch = new MessageBatch(1, buffer + 10);
            batch.add(message);
            for (Call each :
                    new Call[] {
                        () -> ends.sender().send(message),
                        () -> ends.sender().trySend(message),
                        () -> ends.sender().trySend(message, UnixStreams.PATIENCE),
                        () -> ends.sender().send(message, Envelope.empty()),
                        () -> ends.sender().send(message.asByteBuffer()),
                        () -> ends.sender().send(batch)
                    }) {
                assertThatThrownBy(each::run)
                        .isInstanceOfSatisfying(
                                LimitExceededException.class,
                                e -> {
                                    assertThat(e.symbol()).isEqualTo("EMSGSIZE");
                                    assertThat(e.limit()).isEqualTo("SO_SNDBUF");
                                    assertThat(e.value()).isEqualTo(buffer);
                                })
                        .hasMessageContaining((buffer + 1) + " bytes")
                        .hasMessageContaining("wmem_max");
            }
            assertThat(ends.receiver().tryReceive(message)).isEqualTo(Ipc.WOULD_BLOCK);
            ends.sender().send(UnixMessages.room(buffer / 2));
            assertThat(ends.receiver().receive(message)).isEqualTo(buffer / 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void badMemoryIsRefusedAndNothingIsReceived(Kind kind) throws Exception {
        MemorySegment closed;
        try (Arena arena = Arena.ofShared()) {
            closed = arena.allocate(8);
        }
        MemorySegment readOnly = UnixMessages.room(8).asReadOnly();
        ByteBuffer buffer = ByteBuffer.allocate(8).asReadOnlyBuffer();
        try (UnixMessages ends = kind.open()) {
            UnixMessageChannel receiver = ends.receiver();
            ends.send("stays");
            refused(
                    IllegalArgumentException.class,
                    () -> receiver.receive(readOnly),
                    () -> receiver.receive(readOnly, UnixStreams.SHORT),
                    () -> receiver.tryReceive(readOnly),
                    () -> receiver.receive(readOnly, info),
                    () -> receiver.tryReceive(readOnly, info),
                    () -> receiver.receive(buffer, info),
                    () -> receiver.receive(buffer, info, UnixStreams.SHORT),
                    () -> receiver.receive(new ByteBuffer[] {buffer}, info),
                    () -> receiver.peek(readOnly, info, UnixStreams.SHORT));
            refused(
                    IllegalStateException.class,
                    () -> receiver.receive(closed),
                    () -> receiver.receive(closed, UnixStreams.SHORT),
                    () -> receiver.tryReceive(closed, info),
                    () -> receiver.peek(closed, info, UnixStreams.SHORT),
                    () -> ends.sender().send(closed),
                    () -> ends.sender().trySend(closed),
                    () -> ends.sender().send(closed, Envelope.empty()));
            assertThat(ends.receive()).isEqualTo("stays");
            assertThat(receiver.tryReceive(UnixMessages.room(8))).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterCloseEveryOperationSaysSo(Kind kind) throws Exception {
        UnixMessages ends = kind.open();
        ends.close();
        ends.close();
        UnixMessageChannel closed = ends.receiver();
        MemorySegment room = UnixMessages.room(1);
        MessageBatch batch = new MessageBatch(1, 1);
        batch.add(room);
        refused(
                ClosedException.class,
                () -> closed.send(room),
                () -> closed.trySend(room),
                () -> closed.send(room, Envelope.empty()),
                () -> closed.send(ByteBuffer.allocate(1)),
                () -> closed.send(new ByteBuffer[0]),
                () -> closed.send(batch),
                () -> closed.receive(room),
                () -> closed.receive(room, info),
                () -> closed.tryReceive(room, info),
                () -> closed.receive(ByteBuffer.allocate(1), info),
                () -> closed.receive(new ByteBuffer[0], info),
                () -> closed.receive(batch),
                () -> closed.peek(room, info, UnixStreams.SHORT),
                () -> closed.shutdownInput(),
                () -> closed.localAddress(),
                () -> closed.detach());
        assertThat(closed.isOpen()).isFalse();
    }
}
