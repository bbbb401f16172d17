// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.TimedOutException;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening waits for the peer, and can be ended; only a FIFO is opened. */
@Tag("native")
class FifoOpeningTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;
    private Path path;

    @BeforeEach
    void create() throws IpcException {
        path = folder.resolve("fifo");
        Fifo.create(path);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("fifo/O98")
    void openingToReadWaitsForAWriterAndTheOtherWayRound(Threads threads) throws Exception {
        Caller<PipeSource> opening =
                Caller.start(threads, () -> Fifo.openSource(path)).awaitBlocked();
        try (PipeSink sink = Fifo.openSink(path);
                PipeSource source = opening.result()) {
            sink.write(new byte[3]);
            assertThat(source.read(new byte[4])).isEqualTo(3);
        }
        Caller<PipeSink> other = Caller.start(threads, () -> Fifo.openSink(path)).awaitBlocked();
        try (PipeSource source = Fifo.openSource(path);
                PipeSink sink = other.result()) {
            sink.write(new byte[3]);
            assertThat(source.read(new byte[4])).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void whatWasOpenedByAWaitBlocksAgain(Threads threads) throws Exception {
        Caller<PipeSource> opening =
                Caller.start(threads, () -> Fifo.openSource(path)).awaitBlocked();
        try (PipeSink sink = Fifo.openSink(path);
                PipeSource source = opening.result()) {
            Caller<Integer> reading = Caller.start(() -> source.read(new byte[4])).awaitBlocked();
            sink.write(new byte[2]);
            assertThat(reading.result()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("fifo/O100")
    void anInterruptEndsAnOpeningThatWaits(Threads threads) throws Exception {
        Caller<PipeSource> source =
                Caller.start(threads, () -> Fifo.openSource(path)).awaitBlocked();
        source.interrupt();
        assertThatThrownBy(source::result).hasCauseInstanceOf(InterruptedException.class);
        Caller<PipeSink> sink =
                Caller.start(threads, () -> Fifo.openSink(path, Ends.PATIENCE)).awaitBlocked();
        sink.interrupt();
        assertThatThrownBy(sink::result).hasCauseInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Fifo.openSink(path)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTimeoutEndsAnOpening(Threads threads) throws Exception {
        for (Duration timeout : new Duration[] {Ends.SHORT, Duration.ZERO}) {
            long start = System.nanoTime();
            assertThatThrownBy(
                            () ->
                                    Caller.start(threads, () -> Fifo.openSource(path, timeout))
                                            .result())
                    .cause()
                    .isInstanceOf(TimedOutException.class)
                    .hasMessage("open " + path + ": no writer has come");
            assertThatThrownBy(
                            () ->
                                    Caller.start(threads, () -> Fifo.openSink(path, timeout))
                                            .result())
                    .cause()
                    .isInstanceOf(TimedOutException.class)
                    .hasMessage("open " + path + ": no reader has come");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * timeout.toNanos());
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aWriterThatHasComeAndGoneIsSeen(Threads threads) throws Exception {
        Caller<PipeSource> opening =
                Caller.start(threads, () -> Fifo.openSource(path)).awaitBlocked();
        Fifo.openSink(path).close();
        try (PipeSource source = opening.result()) {
            assertThat(source.read(new byte[1])).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void whatAWriterLeftIsRead(Threads threads) throws Exception {
        Caller<PipeSource> opening =
                Caller.start(threads, () -> Fifo.openSource(path)).awaitBlocked();
        try (PipeSink sink = Fifo.openSink(path)) {
            sink.write(new byte[7]);
        }
        try (PipeSource source = opening.result()) {
            assertThat(source.readFully(new byte[7])).isEqualTo(7);
            assertThat(source.read(new byte[1])).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("fifo/O101")
    void anotherWriterRevivesAFifoThatWasAtItsEnd(Threads threads) throws Exception {
        try (Ends ends = Ends.ofFifo(path)) {
            ends.sink().close();
            assertThat(ends.source().read(new byte[1])).isEqualTo(Ipc.EOF);
            assertThat(ends.source().tryRead(new byte[1])).isEqualTo(Ipc.EOF);
            assertThat(ends.source().read(new byte[1], Ends.SHORT)).isEqualTo(Ipc.EOF);
            try (PipeSink other = Fifo.openSink(path)) {
                Caller<Integer> reading =
                        Caller.start(threads, () -> ends.source().read(new byte[4])).awaitBlocked();
                other.write(new byte[4]);
                assertThat(reading.result()).isEqualTo(4);
            }
        }
    }

    @Test
    @Conforms("fifo/O102")
    void whatIsInItIsGoneWithTheLastWhoHasItOpen() throws Exception {
        try (Ends ends = Ends.ofFifo(path)) {
            ends.sink().write(new byte[100]);
            ends.sink().close();
            try (PipeSink again = Fifo.openSink(path)) {
                assertThat(ends.source().readFully(new byte[40])).isEqualTo(40);
                again.write(new byte[1]);
            }
        }
        try (Ends ends = Ends.ofFifo(path)) {
            assertThat(ends.source().tryRead(new byte[1])).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @Test
    @Conforms("fifo/O106")
    void anUnlinkedFifoGoesOn() throws Exception {
        try (Ends ends = Ends.ofFifo(path)) {
            Fifo.unlink(path);
            assertThatThrownBy(() -> Fifo.openSink(path)).isInstanceOf(NotFoundException.class);
            ends.sink().write(new byte[9], Ends.PATIENCE);
            assertThat(ends.source().readFully(MemorySegment.ofArray(new byte[9]), Ends.PATIENCE))
                    .isEqualTo(9);
        }
    }

    /** The descriptor that does not wait is one more writer, and must go with the handle. */
    @Test
    void aSinkThatHasTriedIsClosedAsAWhole() throws Exception {
        try (Ends ends = Ends.ofFifo(path)) {
            ends.sink().tryWrite(new byte[1]);
            ends.source().tryRead(new byte[1]);
            Caller<Integer> reading =
                    Caller.start(() -> ends.source().read(new byte[1])).awaitBlocked();
            ends.sink().close();
            assertThat(reading.result()).isEqualTo(Ipc.EOF);
        }
    }

    @Test
    void theCapacityOfAFifoCanBeChanged() throws Exception {
        try (Ends ends = Ends.ofFifo(path)) {
            assertThat(ends.sink().capacity(100_000)).isEqualTo(1 << 17);
            assertThat(ends.source().capacity()).isEqualTo(1 << 17);
        }
    }

    @Test
    void onlyAFifoIsOpened() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        for (Path other : new Path[] {file, link, folder, Path.of("/dev/null")}) {
            assertThatThrownBy(() -> Fifo.openSource(other))
                    .isExactlyInstanceOf(IpcException.class)
                    .hasMessageContaining("not a FIFO");
            assertThatThrownBy(() -> Fifo.openSink(other, Ends.SHORT))
                    .isExactlyInstanceOf(IpcException.class)
                    .hasMessageContaining("not a FIFO");
            assertThatThrownBy(() -> Fifo.unlink(other))
                    .isExactlyInstanceOf(IpcException.class)
                    .hasMessageContaining("not a FIFO");
            assertThatThrownBy(() -> Fifo.createIfAbsent(other, FifoOptions.defaults()))
                    .isExactlyInstanceOf(IpcException.class)
                    .hasMessageContaining("not a FIFO");
        }
        assertThat(file).hasContent("kept");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void manyVirtualThreadsWaitToOpenWithoutHoldingACarrier() throws Exception {
        int count = 64;
        List<Caller<PipeSink>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opening.add(Caller.start(Threads.VIRTUAL, () -> Fifo.openSink(path)));
        }
        assertThat(Caller.start(Threads.VIRTUAL, () -> 7).result()).isEqualTo(7);
        try (PipeSource source = Fifo.openSource(path)) {
            for (Caller<PipeSink> each : opening) {
                each.result().close();
            }
            await().until(() -> source.tryRead(new byte[1]) == Ipc.EOF);
        }
    }
}
