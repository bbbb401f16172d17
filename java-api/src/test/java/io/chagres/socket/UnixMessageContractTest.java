// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.socket.UnixMessages.Kind;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for messages of every type, on every kind of thread: waiting and not waiting. */
@Tag("native")
class UnixMessageContractTest {

    private static final Duration PATIENCE = UnixStreams.PATIENCE;
    private static final Duration SHORT = UnixStreams.SHORT;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MemorySegment target = UnixMessages.room(100);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(100);
    private final MessageInfo info = new MessageInfo();

    static List<Arguments> everywhere() {
        return Threads.with((Object[]) Kind.values());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void eachMessageIsReceivedAsItWasSentAndInOrder(Threads threads, Kind kind) throws Exception {
        int count = 500;
        try (UnixMessages ends = kind.open();
                Arena arena = Arena.ofShared()) {
            MemorySegment out = arena.allocate(count);
            MemorySegment in = arena.allocate(count);
            Caller<Void> sending =
                    Caller.start(
                            threads,
                            () -> {
                                for (int i = 0; i < count; i++) {
                                    ends.sender().send(out.asSlice(0, i).fill((byte) i));
                                }
                                return null;
                            });
            Caller<Void> receiving =
                    Caller.start(
                            threads,
                            () -> {
                                MemorySegment expected = UnixMessages.room(count);
                                for (int i = 0; i < count; i++) {
                                    assertThat(ends.receiver().receive(in)).isEqualTo(i);
                                    expected.fill((byte) i);
                                    assertThat(MemorySegment.mismatch(in, 0, i, expected, 0, i))
                                            .isEqualTo(-1);
                                }
                                return null;
                            });
            sending.result();
            receiving.result();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void everyReceiveWaitsForAMessage(Threads threads, Kind kind) throws Exception {
        MessageBatch batch = new MessageBatch(3, 100);
        try (UnixMessages ends = kind.open()) {
            UnixMessageChannel receiver = ends.receiver();
            List<Callable<Integer>> calls =
                    List.of(
                            () -> receiver.receive(target),
                            () -> receiver.receive(target, PATIENCE),
                            () -> receiver.receive(target, info),
                            () -> receiver.receive(target, info, PATIENCE),
                            () -> receiver.receive(buffer, info),
                            () -> receiver.receive(buffer, info, PATIENCE),
                            () -> receiver.receive(new ByteBuffer[] {buffer}, info),
                            () -> receiver.receive(batch) + 4,
                            () -> receiver.receive(batch, PATIENCE) + 4);
            for (Callable<Integer> each : calls) {
                Caller<Integer> receiving = Caller.start(threads, each).awaitBlocked();
                ends.send("hello");
                assertThat(receiving.result()).isEqualTo(5);
            }
            assertThat(buffer.position()).isEqualTo(15);
            assertThat(UnixMessages.text(batch.message(0), 5)).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.datagram/O58")
    void everySendWaitsForRoomAndNothingIsLost(Threads threads, Kind kind) throws Exception {
        MessageBatch batch = new MessageBatch(1, 100);
        batch.add(UnixMessages.segment("5"));
        try (UnixMessages ends = kind.open()) {
            UnixMessageChannel sender = ends.sender();
            List<Callable<Boolean>> calls =
                    List.of(
                            () -> done(() -> sender.send(segment("0"))),
                            () -> sender.trySend(segment("1"), PATIENCE),
                            () -> done(() -> sender.send(segment("2"), Envelope.empty())),
                            () -> sender.trySend(segment("3"), Envelope.empty(), PATIENCE),
                            () -> done(() -> sender.send(segment("4").asByteBuffer())),
                            () -> sender.send(batch) == 1,
                            () -> sender.trySend(segment("6").asByteBuffer(), PATIENCE),
                            () -> sender.trySend(batch, PATIENCE) == 1);
            for (int i = 0; i < calls.size(); i++) {
                int full = ends.fill();
                Caller<Boolean> sending = Caller.start(threads, calls.get(i)).awaitBlocked();
                for (int k = 0; k < full; k++) {
                    assertThat(ends.receive()).isEqualTo("\0");
                }
                assertThat(ends.receive()).isEqualTo(i == 7 ? "5" : Integer.toString(i));
                assertThat(sending.result()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.datagram/O58")
    void aTryNeverWaits(Kind kind) throws Exception {
        MessageBatch batch = new MessageBatch(2, 8);
        batch.add(segment("a"));
        try (UnixMessages ends = kind.open()) {
            UnixMessageChannel receiver = ends.receiver();
            UnixMessageChannel sender = ends.sender();
            assertThat(receiver.tryReceive(target)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(receiver.tryReceive(target, info)).isEqualTo(Ipc.WOULD_BLOCK);
            for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
                assertThat(receiver.receive(target, none)).isEqualTo(Ipc.WOULD_BLOCK);
                assertThat(receiver.receive(target, info, none)).isEqualTo(Ipc.WOULD_BLOCK);
                assertThat(receiver.receive(buffer, info, none)).isEqualTo(Ipc.WOULD_BLOCK);
                assertThat(receiver.receive(new MessageBatch(1, 8), none))
                        .isEqualTo(Ipc.WOULD_BLOCK);
                assertThat(receiver.peek(target, info, none)).isEqualTo(Ipc.WOULD_BLOCK);
            }
            int full = ends.fill();
            ByteBuffer message = ByteBuffer.allocate(1);
            assertThat(sender.trySend(segment("a"))).isFalse();
            assertThat(sender.trySend(segment("a"), Duration.ZERO)).isFalse();
            assertThat(sender.trySend(segment("a"), Envelope.empty())).isFalse();
            assertThat(sender.trySend(segment("a"), Envelope.empty(), Duration.ZERO)).isFalse();
            assertThat(sender.trySend(message, Duration.ZERO)).isFalse();
            assertThat(message.position()).isZero();
            assertThat(sender.trySend(batch, Duration.ZERO)).isZero();
            for (int i = 0; i < full; i++) {
                assertThat(receiver.tryReceive(target)).isEqualTo(1);
            }
            assertThat(receiver.tryReceive(target)).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    private static void lasts(Threads threads, Callable<?> call, Object expected) throws Exception {
        long start = System.nanoTime();
        assertThat(Caller.<Object>start(threads, call::call).result()).isEqualTo(expected);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.datagram/O61")
    void aTimeoutEndsAReceiveAndASendAndNotBefore(Threads threads, Kind kind) throws Exception {
        MessageBatch batch = new MessageBatch(2, 8);
        try (UnixMessages ends = kind.open()) {
            UnixMessageChannel receiver = ends.receiver();
            UnixMessageChannel sender = ends.sender();
            lasts(threads, () -> receiver.receive(target, SHORT), Ipc.TIMED_OUT);
            lasts(threads, () -> receiver.receive(target, info, SHORT), Ipc.TIMED_OUT);
            lasts(threads, () -> receiver.receive(buffer, info, SHORT), Ipc.TIMED_OUT);
            lasts(threads, () -> receiver.receive(batch, SHORT), Ipc.TIMED_OUT);
            lasts(threads, () -> receiver.peek(target, info, SHORT), Ipc.TIMED_OUT);
            ends.fill();
            batch.add(segment("a"));
            lasts(threads, () -> sender.trySend(segment("a"), SHORT), false);
            lasts(threads, () -> sender.trySend(buffer, SHORT), false);
            lasts(threads, () -> sender.trySend(segment("a"), Envelope.empty(), SHORT), false);
            lasts(threads, () -> sender.trySend(batch, SHORT), 0);
            assertThat(buffer.position()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.datagram/O61")
    void whatIsPeekedAtStays(Threads threads, Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            Caller<Integer> peeking =
                    Caller.start(threads, () -> ends.receiver().peek(target, info, PATIENCE))
                            .awaitBlocked();
            ends.send("hello");
            ends.send("next");
            assertThat(peeking.result()).isEqualTo(5);
            assertThat(UnixMessages.text(target, 5)).isEqualTo("hello");
            MemorySegment two = UnixMessages.room(2);
            assertThat(ends.receiver().peek(two, info, Duration.ZERO)).isEqualTo(2);
            assertThat(info.isTruncated()).isTrue();
            assertThat(info.length()).isEqualTo(5);
            assertThat(ends.receive()).isEqualTo("hello");
            assertThat(ends.receive()).isEqualTo("next");
        }
    }

    private static MemorySegment segment(String text) {
        return UnixMessages.segment(text);
    }

    private interface Call {
        void run() throws Exception;
    }

    private static boolean done(Call call) throws Exception {
        call.run();
        return true;
    }
}
