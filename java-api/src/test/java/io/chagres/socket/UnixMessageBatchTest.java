// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Ipc;
import io.chagres.LimitExceededException;
import io.chagres.PeerGoneException;
import io.chagres.socket.UnixMessages.Kind;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several messages at a time. */
@Tag("native")
class UnixMessageBatchTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    static List<Arguments> everywhere() {
        return Threads.with((Object[]) Kind.values());
    }

    private static MessageBatch of(int messageSize, String... messages) {
        MessageBatch batch = new MessageBatch(Math.max(1, messages.length), messageSize);
        for (String each : messages) {
            batch.add(UnixMessages.segment(each));
        }
        return batch;
    }

    private static List<String> texts(MessageBatch batch) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < batch.count(); i++) {
            all.add(UnixMessages.text(batch.message(i), batch.message(i).byteSize()));
        }
        return all;
    }

    @Test
    void itHoldsAsManyAndAsLongMessagesAsItWasMadeFor() {
        for (int[] each : new int[][] {{0, 1}, {1025, 1}, {1, 0}, {-1, 1}, {1, -1}}) {
            assertThatThrownBy(() -> new MessageBatch(each[0], each[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        MessageBatch batch = new MessageBatch(2, 4);
        assertThat(batch.capacity()).isEqualTo(2);
        assertThatThrownBy(() -> batch.add(UnixMessages.room(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 bytes are more than the 4");
        assertThat(batch.count()).isZero();
        batch.add(UnixMessages.segment("four"));
        batch.add(UnixMessages.room(0));
        assertThatThrownBy(() -> batch.add(UnixMessages.room(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(batch.count()).isEqualTo(2);
        assertThat(texts(batch)).containsExactly("four", "");
        assertThat(batch.length(0)).isEqualTo(4);
        for (int index : new int[] {-1, 2}) {
            assertThatThrownBy(() -> batch.message(index))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> batch.isTruncated(index))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        batch.clear();
        assertThat(batch.count()).isZero();
        assertThat(new MessageBatch(1024, 1).capacity()).isEqualTo(1024);
    }

    @Test
    void aMessageIsCopied() {
        MemorySegment message = UnixMessages.segment("before");
        MessageBatch batch = new MessageBatch(1, 10);
        batch.add(message);
        message.fill((byte) 'x');
        assertThat(texts(batch)).containsExactly("before");
        MemorySegment closed;
        try (Arena arena = Arena.ofShared()) {
            closed = arena.allocate(8);
        }
        batch.clear();
        assertThatThrownBy(() -> batch.add(closed)).isInstanceOf(IllegalStateException.class);
        assertThat(batch.count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void allAreSentAndWhatIsThereIsReceived(Kind kind) throws Exception {
        MessageBatch out = of(8, "one", "", "three", "8 bytes!");
        MessageBatch in = new MessageBatch(10, 8);
        try (UnixMessages ends = kind.open()) {
            assertThat(ends.sender().send(out)).isEqualTo(4);
            assertThat(out.sent()).isEqualTo(4);
            assertThat(ends.receiver().receive(in)).isEqualTo(4);
            assertThat(texts(in)).isEqualTo(texts(out));
            assertThat(in.isTruncated(3)).isFalse();
            assertThat(ends.sender().send(out)).isEqualTo(4);
            MessageBatch two = new MessageBatch(2, 8);
            assertThat(ends.receiver().receive(two, UnixStreams.PATIENCE)).isEqualTo(2);
            assertThat(texts(two)).containsExactly("one", "");
            assertThat(ends.receiver().receive(two, UnixStreams.PATIENCE)).isEqualTo(2);
            assertThat(texts(two)).containsExactly("three", "8 bytes!");
            assertThat(ends.sender().send(new MessageBatch(3, 8))).isZero();
            assertThat(ends.receiver().receive(in, UnixStreams.SHORT)).isEqualTo(Ipc.TIMED_OUT);
            assertThat(in.count()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aCutMessageIsToldAndTheOthersAreWhole(Kind kind) throws Exception {
        MessageBatch in = new MessageBatch(3, 4);
        try (UnixMessages ends = kind.open()) {
            ends.sender().send(of(9, "a", "truncated", "four"));
            assertThat(ends.receiver().receive(in)).isEqualTo(3);
            assertThat(texts(in)).containsExactly("a", "trun", "four");
            assertThat(in.length(1)).isEqualTo(9);
            assertThat(in.isTruncated(0) || in.isTruncated(2)).isFalse();
            assertThat(in.isTruncated(1)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatWasReceivedIsSentOnAsItWas(Kind kind) throws Exception {
        MessageBatch passed = new MessageBatch(5, 8);
        try (UnixMessages in = kind.open();
                UnixMessages out = kind.open()) {
            in.sender().send(of(8, "a", "", "longer"));
            assertThat(in.receiver().receive(passed)).isEqualTo(3);
            assertThat(out.sender().send(passed)).isEqualTo(3);
            assertThat(List.of(out.receive(), out.receive(), out.receive()))
                    .containsExactly("a", "", "longer");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ofThoseWithoutRoomNoneIsSent(Kind kind) throws Exception {
        MessageBatch batch = new MessageBatch(1000, 8);
        for (int i = 0; i < 1000; i++) {
            batch.add(UnixMessages.segment("n" + i));
        }
        try (UnixMessages ends = kind.open()) {
            int sent = ends.sender().trySend(batch, UnixStreams.SHORT);
            assertThat(sent).isBetween(1, 999);
            assertThat(batch.sent()).isEqualTo(sent);
            for (int i = 0; i < sent; i++) {
                assertThat(ends.receive()).isEqualTo("n" + i);
            }
            assertThat(ends.receiver().tryReceive(UnixMessages.room(8))).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void moreThanThereIsRoomForIsSentWhileTheyAreReceived(Threads threads, Kind kind)
            throws Exception {
        MessageBatch out = new MessageBatch(1000, 8);
        for (int i = 0; i < 1000; i++) {
            out.add(UnixMessages.segment("n" + i));
        }
        try (UnixMessages ends = kind.open()) {
            Caller<Integer> sending = Caller.start(threads, () -> ends.sender().send(out));
            Caller<List<String>> receiving =
                    Caller.start(
                            threads,
                            () -> {
                                List<String> all = new ArrayList<>();
                                MessageBatch in = new MessageBatch(7, 8);
                                while (all.size() < 1000) {
                                    ends.receiver().receive(in);
                                    all.addAll(texts(in));
                                }
                                return all;
                            });
            assertThat(sending.result()).isEqualTo(1000);
            assertThat(receiving.result()).isEqualTo(texts(out));
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void anInterruptAfterTheFirstReturnsHowManyWereSent(Threads threads, Kind kind)
            throws Exception {
        MessageBatch batch = new MessageBatch(1000, 8);
        for (int i = 0; i < 1000; i++) {
            batch.add(UnixMessages.room(8));
        }
        try (UnixMessages ends = kind.open()) {
            Caller<Integer> sending =
                    Caller.start(
                                    threads,
                                    () -> {
                                        int sent = ends.sender().send(batch);
                                        assertThat(Thread.interrupted()).isTrue();
                                        return sent;
                                    })
                            .awaitBlocked();
            sending.interrupt();
            int sent = sending.result();
            assertThat(sent).isBetween(1, 999).isEqualTo(batch.sent());
            for (int i = 0; i < sent; i++) {
                assertThat(ends.receive()).hasSize(8);
            }
            assertThat(ends.receiver().tryReceive(UnixMessages.room(8))).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterAFailureItIsToldHowManyWereSentBefore(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            int buffer = ends.sender().sendBufferSize(20_000);
            MessageBatch batch = new MessageBatch(3, buffer + 1);
            batch.add(UnixMessages.segment("fits"));
            batch.add(UnixMessages.room(buffer));
            batch.add(UnixMessages.segment("after"));
            assertThatThrownBy(() -> ends.sender().send(batch))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("a message of " + buffer + " bytes");
            assertThat(batch.sent()).isEqualTo(1);
            assertThat(ends.receive()).isEqualTo("fits");
            ends.receiver().close();
            assertThatThrownBy(() -> ends.sender().send(of(1, "a")))
                    .isInstanceOf(PeerGoneException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SEQPACKET_PAIR", "SEQPACKET_ABSTRACT"})
    void theEndIsNoMessage(Kind kind) throws Exception {
        MessageBatch in = new MessageBatch(10, 8);
        try (UnixMessages ends = kind.open()) {
            ends.send("last");
            ends.sender().close();
            assertThat(ends.receiver().receive(in)).isEqualTo(1);
            assertThat(texts(in)).containsExactly("last");
            assertThat(ends.receiver().receive(in)).isEqualTo(Ipc.EOF);
            assertThat(ends.receiver().receive(in, UnixStreams.SHORT)).isEqualTo(Ipc.EOF);
            assertThat(in.count()).isZero();
        }
    }
}
