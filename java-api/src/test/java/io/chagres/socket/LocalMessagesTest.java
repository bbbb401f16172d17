// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A local connection that keeps messages apart. */
@Tag("native")
class LocalMessagesTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    static List<Arguments> sizes() {
        return Threads.with(1, 64, 4096, 16 * 1024 + 1, LocalChannel.MAX_MESSAGE);
    }

    private static MemorySegment random(Arena arena, int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return arena.allocate(size).copyFrom(MemorySegment.ofArray(content));
    }

    private static MemorySegment heap(int size) {
        return MemorySegment.ofArray(new byte[size]);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void messagesArriveAsTheyWereSent(Threads threads, int size) throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE);
                Arena arena = Arena.ofShared()) {
            MemorySegment out = random(arena, size);
            for (MemorySegment in : List.of(arena.allocate(size), heap(size), heap(size + 100))) {
                Caller<Integer> receiving =
                        Caller.start(threads, () -> ends.server().receive(in)).awaitBlocked();
                ends.client().send(out);
                assertThat(receiving.result()).isEqualTo(size);
                assertThat(in.asSlice(0, size).mismatch(out)).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void whatDoesNotFitStaysForTheNextReceive(Threads threads, int size) throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE);
                Arena arena = Arena.ofShared()) {
            MemorySegment out = random(arena, size);
            MemorySegment small = arena.allocate(size - 1);
            ends.client().send(out);
            ends.client().send(MemorySegment.ofArray(new byte[] {42}));
            for (int i = 0; i < 3; i++) {
                Caller<Integer> receiving =
                        Caller.start(threads, () -> ends.server().receive(small));
                assertThatThrownBy(receiving::result)
                        .cause()
                        .isInstanceOfSatisfying(
                                MessageTooLongException.class,
                                e -> assertThat(e.length()).isEqualTo(size));
            }
            MemorySegment target = arena.allocate(size);
            assertThat(ends.server().receive(target)).isEqualTo(size);
            assertThat(target.mismatch(out)).isEqualTo(-1);
            assertThat(ends.server().receive(target)).isEqualTo(1);
            assertThat(target.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 42);
            assertThat(ends.server().tryReceive(target)).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aMessageThatWasTooLongForOneGoesToTheNextWhoWaitsAlready(Threads threads)
            throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            Caller<Integer> small =
                    Caller.start(threads, () -> ends.server().receive(heap(1))).awaitBlocked();
            Caller<Integer> large = Caller.start(threads, () -> ends.server().receive(heap(10)));
            ends.client().send(heap(5));
            assertThat(large.result()).isEqualTo(5);
            ends.client().send(heap(1));
            List<Object> outcomes = new ArrayList<>();
            try {
                outcomes.add(small.result());
            } catch (Exception e) {
                outcomes.add(e.getCause().getClass());
            }
            // it may have been the other that waited first
            assertThat(outcomes).containsAnyOf(1, MessageTooLongException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void closeEndsAllReceiversAndAnInterruptOne(Threads threads) throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            Caller<Integer> interrupted =
                    Caller.start(threads, () -> ends.server().receive(heap(8))).awaitBlocked();
            interrupted.interrupt();
            assertThatThrownBy(interrupted::result).hasCauseInstanceOf(InterruptedException.class);
            List<Caller<Integer>> receivers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                receivers.add(
                        Caller.start(
                                threads, () -> ends.server().receive(heap(8), LocalEnds.PATIENCE)));
            }
            assertThat(ends.server().receive(heap(8), LocalEnds.SHORT)).isEqualTo(Ipc.TIMED_OUT);
            ends.server().close();
            for (Caller<Integer> each : receivers) {
                assertThatThrownBy(each::result).hasCauseInstanceOf(ClosedException.class);
            }
        }
    }

    @Test
    void aKeptMessageIsReceivedAfterThePeerHasGone() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            ends.client().send(heap(5));
            ends.client().close();
            assertThatThrownBy(() -> ends.server().receive(heap(0)))
                    .isInstanceOf(MessageTooLongException.class)
                    .hasMessageContaining("5 bytes and the target 0");
            assertThat(ends.server().receive(heap(5))).isEqualTo(5);
            assertThat(ends.server().receive(heap(5))).isEqualTo(Ipc.EOF);
            assertThatThrownBy(() -> ends.server().send(heap(5)))
                    .isInstanceOf(PeerGoneException.class);
        }
    }

    @Test
    void aKeptMessageIsGoneWithItsHandle() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            ends.client().send(heap(5));
            assertThatThrownBy(() -> ends.server().receive(heap(4)))
                    .isInstanceOf(MessageTooLongException.class);
            ends.server().close();
            assertThatThrownBy(() -> ends.server().receive(heap(5)))
                    .isInstanceOf(ClosedException.class);
        }
    }

    @Test
    void aTryNeverWaits() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            assertThat(ends.server().receive(heap(8), Duration.ZERO)).isEqualTo(Ipc.WOULD_BLOCK);
            int sent = 0;
            while (ends.client().trySend(heap(100))) {
                sent++;
            }
            assertThat(ends.client().trySend(heap(100), LocalEnds.SHORT)).isFalse();
            for (int i = 0; i < sent; i++) {
                assertThat(ends.server().tryReceive(heap(100))).isEqualTo(100);
            }
            assertThat(ends.server().tryReceive(heap(100))).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, LocalChannel.MAX_MESSAGE + 1})
    void aMessageOfAForbiddenLengthIsRefused(int size) throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            assertThatThrownBy(() -> ends.client().send(heap(size)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 65536 bytes");
            assertThat(ends.server().tryReceive(heap(1))).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @Test
    void buffersMoveByTheMessage() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            ByteBuffer out = ByteBuffer.wrap("one".getBytes(UTF_8));
            ends.client().send(out);
            assertThat(out.hasRemaining()).isFalse();
            ByteBuffer in = ByteBuffer.allocate(10).position(2);
            assertThat(ends.server().receive(in, LocalEnds.PATIENCE)).isEqualTo(3);
            assertThat(in.position()).isEqualTo(5);
            assertThat(ends.server().receive(in, LocalEnds.SHORT)).isEqualTo(Ipc.TIMED_OUT);
            assertThat(in.position()).isEqualTo(5);
        }
    }

    @Test
    void streamsAreRefusedWhereThereAreMessages() throws Exception {
        try (LocalEnds ends = LocalEnds.open(LocalMode.MESSAGE)) {
            assertThatThrownBy(() -> ends.client().write(heap(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("messages");
            assertThatThrownBy(() -> ends.client().read(ByteBuffer.allocate(1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> ends.client().receive(heap(1).asReadOnly()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatAForeignPeerSendsBeyondTheMaximumIsAnErrorUnlessTheTargetHasRoom() throws Exception {
        int size = LocalChannel.MAX_MESSAGE + 100;
        Path path = folder.resolve("server");
        LocalOptions messages = LocalOptions.defaults().withMode(LocalMode.MESSAGE);
        try (LocalServer server = LocalServer.open(LocalName.ofPath(path), messages);
                UnixSeqPacketChannel client = UnixSeqPacketChannel.connect(UnixAddress.of(path));
                LocalChannel accepted = server.accept()) {
            client.send(heap(size));
            client.send(heap(size));
            client.send(heap(size));
            assertThat(accepted.receive(heap(size))).isEqualTo(size);
            for (int target : List.of(100, size - 1)) {
                assertThatThrownBy(() -> accepted.receive(heap(target)))
                        .isExactlyInstanceOf(IpcException.class)
                        .hasMessageContaining("a message of " + size + " bytes came");
            }
            assertThat(accepted.tryReceive(heap(1))).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }
}
