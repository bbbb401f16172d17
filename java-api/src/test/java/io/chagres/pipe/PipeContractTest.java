// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.InterruptedCallException;
import io.chagres.Ipc;
import io.chagres.PeerGoneException;
import io.chagres.pipe.Ends.Kind;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the ends of every pipe, anonymous or not, on every kind of thread. */
@Tag("native")
class PipeContractTest {

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
    @Conforms({"pipe/O108", "anonymous_pipe/W102"})
    void aMegabyteComesOutAsItWentIn(Threads threads, Kind kind) throws Exception {
        long size = (1 << 20) + 3;
        try (Ends ends = kind.open();
                Arena arena = Arena.ofShared()) {
            MemorySegment out = random(arena, size);
            MemorySegment in = arena.allocate(size);
            Caller<Long> reading = Caller.start(threads, () -> ends.source().readFully(in));
            Caller<Long> writing = Caller.start(threads, () -> ends.sink().write(out));
            assertThat(writing.result()).isEqualTo(size);
            assertThat(reading.result()).isEqualTo(size);
            assertThat(in.mismatch(out)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void theSameWithTimeoutsAndFromTheHeap(Threads threads, Kind kind) throws Exception {
        int size = (1 << 20) + 3;
        try (Ends ends = kind.open()) {
            byte[] out = new byte[size];
            new Random(1).nextBytes(out);
            MemorySegment in = MemorySegment.ofArray(new byte[size]);
            Caller<Long> reading =
                    Caller.start(threads, () -> ends.source().readFully(in, Ends.PATIENCE));
            Caller<Integer> writing =
                    Caller.start(threads, () -> ends.sink().write(out, Ends.PATIENCE));
            assertThat(writing.result()).isEqualTo(size);
            assertThat(reading.result()).isEqualTo(size);
            assertThat(in.mismatch(MemorySegment.ofArray(out))).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aReadReturnsWhatThereIs(Threads threads, Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            Caller<String> reading =
                    Caller.start(
                                    threads,
                                    () -> {
                                        byte[] target = new byte[100];
                                        int count = ends.source().read(target);
                                        return new String(target, 0, count, UTF_8);
                                    })
                            .awaitBlocked();
            ends.sink().write("some".getBytes(UTF_8));
            assertThat(reading.result()).isEqualTo("some");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTryNeverWaits(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            byte[] target = new byte[8];
            assertThat(ends.source().tryRead(target)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.sink().tryWrite(new byte[] {1, 2, 3})).isEqualTo(3);
            assertThat(ends.source().tryRead(target)).isEqualTo(3);
            assertThat(ends.fill()).isEqualTo(ends.sink().capacity());
            assertThat(ends.sink().tryWrite(new byte[1])).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.sink().write(new byte[1], Duration.ZERO)).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.source().read(target, Duration.ZERO)).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aTimeoutEndsAReadAndAWrite(Threads threads, Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            byte[] target = new byte[8];
            long start = System.nanoTime();
            assertThat(Caller.start(threads, () -> ends.source().read(target, Ends.SHORT)).result())
                    .isEqualTo(Ipc.TIMED_OUT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Ends.SHORT.toNanos());
            ends.fill();
            start = System.nanoTime();
            assertThat(Caller.start(threads, () -> ends.sink().write(target, Ends.SHORT)).result())
                    .isEqualTo(Ipc.TIMED_OUT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Ends.SHORT.toNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void atATimeoutTheCountSoFarIsReturned(Threads threads, Kind kind) throws Exception {
        try (Ends ends = kind.open();
                Arena arena = Arena.ofShared()) {
            int capacity = ends.sink().capacity();
            MemorySegment source = random(arena, 3L * capacity);
            assertThat(Caller.start(threads, () -> ends.sink().write(source, Ends.SHORT)).result())
                    .isEqualTo(capacity);
            MemorySegment target = arena.allocate(2L * capacity);
            assertThat(
                            Caller.start(threads, () -> ends.source().readFully(target, Ends.SHORT))
                                    .result())
                    .isEqualTo(capacity);
            assertThat(MemorySegment.mismatch(source, 0, capacity, target, 0, capacity))
                    .isEqualTo(-1);
            assertThat(ends.source().readFully(target, Ends.SHORT)).isEqualTo(Ipc.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void closeEndsAReadAndAWriteThatWait(Threads threads, Kind kind) throws Exception {
        for (boolean timed : List.of(false, true)) {
            try (Ends ends = kind.open()) {
                byte[] target = new byte[8];
                Caller<Integer> reading =
                        Caller.start(
                                        threads,
                                        () ->
                                                timed
                                                        ? ends.source().read(target, Ends.PATIENCE)
                                                        : ends.source().read(target))
                                .awaitBlocked();
                ends.source().close();
                assertThatThrownBy(reading::result).hasCauseInstanceOf(ClosedException.class);
            }
            try (Ends ends = kind.open()) {
                ends.fill();
                Caller<Integer> writing =
                        Caller.start(
                                        threads,
                                        () ->
                                                timed
                                                        ? ends.sink()
                                                                .write(new byte[8], Ends.PATIENCE)
                                                        : ends.sink().write(new byte[8]))
                                .awaitBlocked();
                ends.sink().close();
                assertThatThrownBy(writing::result).hasCauseInstanceOf(ClosedException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void anInterruptEndsACallThatWaitsAndTheHandleStaysOpen(Threads threads, Kind kind)
            throws Exception {
        try (Ends ends = kind.open()) {
            byte[] target = new byte[8];
            Caller<Integer> reading =
                    Caller.start(threads, () -> ends.source().read(target)).awaitBlocked();
            reading.interrupt();
            assertThatThrownBy(reading::result).hasCauseInstanceOf(InterruptedException.class);
            Caller<Integer> timed =
                    Caller.start(threads, () -> ends.source().read(target, Ends.PATIENCE))
                            .awaitBlocked();
            timed.interrupt();
            assertThatThrownBy(timed::result).hasCauseInstanceOf(InterruptedException.class);
            ends.fill();
            Caller<Integer> writing =
                    Caller.start(threads, () -> ends.sink().write(new byte[8])).awaitBlocked();
            writing.interrupt();
            assertThatThrownBy(writing::result).hasCauseInstanceOf(InterruptedException.class);
            assertThat(ends.source().read(target)).isEqualTo(8);
            assertThat(ends.sink().isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void anInterruptAmidALongTransferReturnsTheCountAndKeepsTheStatus(Threads threads, Kind kind)
            throws Exception {
        try (Ends ends = kind.open();
                Arena arena = Arena.ofShared()) {
            int capacity = ends.sink().capacity();
            MemorySegment source = arena.allocate(3L * capacity);
            Caller<Long> writing =
                    Caller.start(
                                    threads,
                                    () -> {
                                        long count = ends.sink().write(source);
                                        return Thread.interrupted() ? count : -9;
                                    })
                            .awaitBlocked();
            writing.interrupt();
            assertThat(writing.result()).isEqualTo(capacity);
            Caller<Long> reading =
                    Caller.start(
                                    threads,
                                    () -> {
                                        long count = ends.source().readFully(source);
                                        return Thread.interrupted() ? count : -9;
                                    })
                            .awaitBlocked();
            reading.interrupt();
            assertThat(reading.result()).isEqualTo(capacity);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aChannelKeepsTheInterruptAndStaysOpen(Threads threads, Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            ScatteringByteChannel source = ends.source();
            GatheringByteChannel sink = ends.sink();
            Caller<Boolean> reading =
                    Caller.start(
                                    threads,
                                    () -> {
                                        try {
                                            source.read(ByteBuffer.allocate(4));
                                            return false;
                                        } catch (InterruptedCallException e) {
                                            return Thread.interrupted();
                                        }
                                    })
                            .awaitBlocked();
            reading.interrupt();
            assertThat(reading.result()).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> sink.write(ByteBuffer.allocate(4)))
                    .isInstanceOf(InterruptedCallException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(source.isOpen() && sink.isOpen()).isTrue();
            ByteBuffer[] out = {
                ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})
            };
            assertThat(sink.write(out)).isEqualTo(3);
            assertThat(out[1].hasRemaining()).isFalse();
            ByteBuffer[] in = {ByteBuffer.allocate(1), ByteBuffer.allocateDirect(4)};
            assertThat(source.read(in)).isEqualTo(3);
            assertThat(in[1].flip()).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
            ends.sink().close();
            assertThat(source.read(in)).isEqualTo(-1);
            assertThat(sink.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aGatheringWriteOfMoreThanABlockIsWhole(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            ByteBuffer[] out = new ByteBuffer[5];
            for (int i = 0; i < out.length; i++) {
                out[i] = ByteBuffer.wrap(new byte[7000]).put(0, (byte) i);
            }
            assertThat(ends.sink().write(out)).isEqualTo(35_000);
            byte[] in = new byte[35_000];
            assertThat(ends.source().readFully(in)).isEqualTo(35_000);
            for (int i = 0; i < out.length; i++) {
                assertThat(in[7000 * i]).isEqualTo((byte) i);
            }
        }
    }

    static List<Arguments> manyEverywhere() {
        return Threads.with(2, 10, 27);
    }

    @ParameterizedTest
    @MethodSource("manyEverywhere")
    @Conforms("pipe/O115")
    void theLastWritersCloseWakesAllReaders(Threads threads, int readers) throws Exception {
        for (Kind kind : Kind.values()) {
            try (Ends ends = kind.open()) {
                List<Caller<Integer>> waiting = new ArrayList<>();
                for (int i = 0; i < readers; i++) {
                    waiting.add(Caller.start(threads, () -> ends.source().read(new byte[4])));
                }
                for (Caller<Integer> each : waiting) {
                    each.awaitBlocked();
                }
                ends.sink().close();
                for (Caller<Integer> each : waiting) {
                    assertThat(each.result()).isEqualTo(Ipc.EOF);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("fifo/O107")
    void aWriteThatNobodyCanReadFindsThePeerGone(Threads threads, Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            int capacity = ends.sink().capacity();
            Caller<Long> writing =
                    Caller.start(
                                    threads,
                                    () ->
                                            ends.sink()
                                                    .write(
                                                            MemorySegment.ofArray(
                                                                    new byte[2 * capacity])))
                            .awaitBlocked();
            ends.source().close();
            assertThatThrownBy(writing::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class,
                            e -> {
                                assertThat(e.transferred()).isEqualTo(capacity);
                                assertThat(e.symbol()).isEqualTo("EPIPE");
                            });
            assertThatThrownBy(() -> ends.sink().tryWrite(new byte[1]))
                    .isInstanceOf(PeerGoneException.class);
            assertThatThrownBy(() -> ends.sink().write(new byte[1], Ends.SHORT))
                    .isInstanceOf(PeerGoneException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFrameThatEndsMidwayIsReported(Threads threads, Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            MemorySegment target = MemorySegment.ofArray(new byte[8]);
            Caller<Long> reading = Caller.start(threads, () -> ends.source().readFully(target));
            ends.sink().write(new byte[] {1, 2, 3});
            reading.awaitBlocked();
            ends.sink().close();
            assertThatThrownBy(reading::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class, e -> assertThat(e.transferred()).isEqualTo(3))
                    .hasMessageContaining("after 3 of 8 bytes");
            assertThat(ends.source().readFully(target)).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aShortWriteIsWholeOrNothing(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            long all = ends.fill();
            assertThat(ends.source().read(new byte[4095])).isEqualTo(4095);
            assertThat(ends.sink().tryWrite(new byte[4096])).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(ends.sink().write(new byte[4096], Ends.SHORT)).isEqualTo(Ipc.TIMED_OUT);
            assertThat(ends.source().read(new byte[1])).isEqualTo(1);
            assertThat(ends.sink().tryWrite(MemorySegment.ofArray(new byte[4096]))).isEqualTo(4096);
            assertThat(ends.source().readFully(new byte[(int) all])).isEqualTo((int) all);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void eachByteIsReadOnceByOneOfManyReaders(Threads threads, Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            AtomicLong sum = new AtomicLong();
            List<Caller<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                readers.add(Caller.start(threads, () -> sumUntilTheEnd(ends.source(), sum)));
            }
            byte[] packet = new byte[100];
            Arrays.fill(packet, (byte) 1);
            for (int i = 0; i < 2000; i++) {
                ends.sink().write(packet);
            }
            ends.sink().close();
            long all = 0;
            for (Caller<Long> each : readers) {
                all += each.result();
            }
            assertThat(all).isEqualTo(200_000);
            assertThat(sum.get()).isEqualTo(200_000);
        }
    }

    private static long sumUntilTheEnd(PipeSource source, AtomicLong sum) throws Exception {
        byte[] target = new byte[77];
        long all = 0;
        int count = source.read(target);
        while (count > 0) {
            all += count;
            for (int i = 0; i < count; i++) {
                sum.addAndGet(target[i]);
            }
            count = source.read(target);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aHandleInUseByEightThreadsIsClosedUnderAllOfThem(Threads threads, Kind kind)
            throws Exception {
        for (int round = 0; round < 10; round++) {
            try (Ends ends = kind.open()) {
                List<Caller<Void>> callers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    callers.add(
                            Caller.start(
                                    threads,
                                    () -> {
                                        while (true) {
                                            ends.source().read(new byte[3]);
                                        }
                                    }));
                    callers.add(
                            Caller.start(
                                    threads,
                                    () -> {
                                        while (true) {
                                            ends.sink().write(new byte[5], Ends.PATIENCE);
                                        }
                                    }));
                }
                ends.sink().write(new byte[100]);
                ends.sink().close();
                ends.source().close();
                for (Caller<Void> each : callers) {
                    assertThatThrownBy(each::result)
                            .isInstanceOf(ExecutionException.class)
                            .hasCauseInstanceOf(ClosedException.class);
                }
            }
        }
    }
}
