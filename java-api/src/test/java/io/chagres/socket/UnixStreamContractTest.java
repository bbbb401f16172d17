// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.socket.UnixStreams.Kind;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes through a stream, however it came about, on every kind of thread. */
@Tag("native")
class UnixStreamContractTest {

    private static final Duration PATIENCE = UnixStreams.PATIENCE;
    private static final Duration SHORT = UnixStreams.SHORT;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    static List<Arguments> everywhere() {
        return Threads.with((Object[]) Kind.values());
    }

    private static MemorySegment random(Arena arena, long size) {
        byte[] content = new byte[(int) size];
        new Random(size).nextBytes(content);
        return arena.allocate(size).copyFrom(MemorySegment.ofArray(content));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.stream/O43")
    void aMegabyteComesOutAsItWentInBothWaysAtOnce(Threads threads, Kind kind) throws Exception {
        long size = (1 << 20) + 3;
        try (UnixStreams ends = kind.open();
                Arena arena = Arena.ofShared()) {
            MemorySegment out = random(arena, size);
            MemorySegment there = arena.allocate(size);
            MemorySegment back = arena.allocate(size);
            List<Caller<Long>> callers =
                    List.of(
                            Caller.start(threads, () -> ends.client().write(out)),
                            Caller.start(threads, () -> ends.server().write(out, PATIENCE)),
                            Caller.start(threads, () -> ends.server().readFully(there)),
                            Caller.start(threads, () -> ends.client().readFully(back, PATIENCE)));
            for (Caller<Long> each : callers) {
                assertThat(each.result()).isEqualTo(size);
            }
            assertThat(there.mismatch(out)).isEqualTo(-1);
            assertThat(back.mismatch(out)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.stream/O43")
    void anyChunksAreJoinedAndDividedInOrder(Kind kind) throws Exception {
        byte[] content = new byte[3000];
        new Random(1).nextBytes(content);
        MemorySegment out = MemorySegment.ofArray(content);
        MemorySegment in = UnixMessages.room(content.length);
        try (UnixStreams ends = kind.open()) {
            int[] chunks = {1, 1, 7, 1000, 1991};
            long at = 0;
            for (int chunk : chunks) {
                assertThat(ends.client().write(out.asSlice(at, chunk))).isEqualTo(chunk);
                at += chunk;
            }
            for (int i = 0; i < 500; i++) {
                assertThat(ends.server().read(in.asSlice(i, 1))).isEqualTo(1);
            }
            assertThat(ends.server().readFully(in.asSlice(500))).isEqualTo(2500);
            assertThat(in.mismatch(out)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aReadReturnsWhatThereIs(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            byte[] target = new byte[100];
            Caller<Integer> reading =
                    Caller.start(threads, () -> ends.server().read(target)).awaitBlocked();
            ends.client().write("some".getBytes(UTF_8));
            assertThat(reading.result()).isEqualTo(4);
            MessageInfo info = new MessageInfo();
            MemorySegment segment = MemorySegment.ofArray(target);
            Caller<Long> again =
                    Caller.start(threads, () -> ends.server().read(segment, info)).awaitBlocked();
            ends.client().write("more!".getBytes(UTF_8), PATIENCE);
            assertThat(again.result()).isEqualTo(5);
            assertThat(new String(target, 0, 5, UTF_8)).isEqualTo("more!");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTryNeverWaits(Kind kind) throws Exception {
        MessageInfo info = new MessageInfo();
        MemorySegment segment = UnixMessages.room(8);
        byte[] array = new byte[8];
        ByteBuffer buffer = ByteBuffer.wrap(array);
        try (UnixStreams ends = kind.open()) {
            assertThat(ends.server().tryRead(array)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.server().tryRead(segment)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.server().tryRead(segment, info)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.server().tryRead(buffer)).isEqualTo(Ipc.WOULD_BLOCK);
            for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
                assertThat(ends.server().read(array, none)).isEqualTo(Ipc.WOULD_BLOCK);
                assertThat(ends.server().read(segment, info, none)).isEqualTo(Ipc.WOULD_BLOCK);
                assertThat(ends.server().readFully(segment, none)).isEqualTo(Ipc.WOULD_BLOCK);
                assertThat(ends.server().peek(segment, none)).isEqualTo(Ipc.WOULD_BLOCK);
            }
            ends.fill();
            assertThat(ends.client().tryWrite(array)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.client().tryWrite(segment)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.client().tryWrite(buffer)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.client().tryWrite(segment, Envelope.empty()))
                    .isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.client().write(array, Duration.ZERO)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.client().write(segment, Envelope.empty(), Duration.ZERO))
                    .isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.server().read(array, Duration.ZERO)).isEqualTo(8);
        }
    }

    private interface Timed {
        long call() throws Exception;
    }

    private static void timesOut(Threads threads, Timed timed) throws Exception {
        long start = System.nanoTime();
        assertThat(Caller.start(threads, timed::call).result()).isEqualTo((long) Ipc.TIMED_OUT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aTimeoutEndsAReadAndAWriteAndNotBefore(Threads threads, Kind kind) throws Exception {
        MemorySegment segment = UnixMessages.room(8);
        ByteBuffer buffer = ByteBuffer.allocate(8);
        try (UnixStreams ends = kind.open()) {
            timesOut(threads, () -> ends.server().read(segment, SHORT));
            timesOut(threads, () -> ends.server().read(buffer, SHORT));
            timesOut(threads, () -> ends.server().read(segment, new MessageInfo(), SHORT));
            timesOut(threads, () -> ends.server().readFully(segment, SHORT));
            timesOut(threads, () -> ends.server().peek(segment, SHORT));
            ends.fill();
            timesOut(threads, () -> ends.client().write(segment, SHORT));
            timesOut(threads, () -> ends.client().write(buffer, SHORT));
            timesOut(threads, () -> ends.client().write(segment, Envelope.empty(), SHORT));
            assertThat(buffer.position()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void atATimeoutTheCountSoFarIsReturned(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open();
                Arena arena = Arena.ofShared()) {
            MemorySegment source = random(arena, 4 << 20);
            long written = Caller.start(threads, () -> ends.client().write(source, SHORT)).result();
            assertThat(written).isBetween(1L, source.byteSize() - 1);
            MemorySegment target = arena.allocate(source.byteSize());
            assertThat(Caller.start(threads, () -> ends.server().readFully(target, SHORT)).result())
                    .isEqualTo(written);
            assertThat(MemorySegment.mismatch(source, 0, written, target, 0, written))
                    .isEqualTo(-1);
            assertThat(ends.server().readFully(target, SHORT)).isEqualTo(Ipc.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.stream/O51")
    void whatIsAvailableIsWhatWasNotRead(Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            assertThat(ends.server().available()).isZero();
            ends.client().write(new byte[100]);
            ends.client().write(new byte[11]);
            assertThat(ends.server().available()).isEqualTo(111);
            ends.server().read(new byte[50]);
            assertThat(ends.server().available()).isEqualTo(61);
            ends.client().close();
            assertThat(ends.server().available()).isEqualTo(61);
            ends.server().read(new byte[100]);
            assertThat(ends.server().available()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void whatIsPeekedAtStays(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            MemorySegment target = UnixMessages.room(100);
            Caller<Long> peeking =
                    Caller.start(threads, () -> ends.server().peek(target, PATIENCE))
                            .awaitBlocked();
            ends.client().write("hello".getBytes(UTF_8));
            assertThat(peeking.result()).isEqualTo(5);
            assertThat(UnixMessages.text(target, 5)).isEqualTo("hello");
            MemorySegment two = UnixMessages.room(2);
            assertThat(ends.server().peek(two, Duration.ZERO)).isEqualTo(2);
            assertThat(ends.server().available()).isEqualTo(5);
            assertThat(ends.server().peek(UnixMessages.room(0), PATIENCE)).isZero();
            ends.client().close();
            assertThat(ends.server().read(target)).isEqualTo(5);
            assertThat(ends.server().peek(target, PATIENCE)).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void anInterruptAfterTheFirstByteReturnsTheCount(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            MemorySegment large = MemorySegment.ofArray(new byte[4 << 20]);
            Caller<Boolean> writing =
                    Caller.start(
                                    threads,
                                    () -> {
                                        long count = ends.client().write(large);
                                        return count > 0
                                                && count < large.byteSize()
                                                && Thread.interrupted();
                                    })
                            .awaitBlocked();
            writing.interrupt();
            assertThat(writing.result()).isTrue();
            ends.server().write(new byte[3]);
            Caller<Boolean> reading =
                    Caller.start(
                            threads,
                            () ->
                                    ends.client().readFully(new byte[4]) == 3
                                            && Thread.interrupted());
            reading.awaitBlocked().interrupt();
            assertThat(reading.result()).isTrue();
        }
    }
}
