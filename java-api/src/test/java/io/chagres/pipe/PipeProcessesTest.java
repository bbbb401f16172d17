// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.PeerGoneException;
import io.chagres.event.Pollable;
import io.chagres.posix.Fcntl;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Threads;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pipes and FIFOs between this JVM and other processes. */
@Tag("native")
@Tag("cross-process")
class PipeProcessesTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private static void end(Process process) throws Exception {
        assertThat(process.waitFor()).isZero();
        process.getInputStream().close();
        process.getErrorStream().close();
        process.getOutputStream().close();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aChildIsFedAndReadThroughPipes(Threads threads) throws Exception {
        int size = 3_000_000;
        try (AnonymousPipe in = AnonymousPipe.open();
                AnonymousPipe out = AnonymousPipe.open();
                Arena arena = Arena.ofShared()) {
            ProcessBuilder builder = new ProcessBuilder("cat");
            Process cat = PipedProcess.of(builder).input(in.source()).output(out.sink()).start();
            assertThat(in.source().isOpen() || out.sink().isOpen()).isFalse();
            assertThat(builder.redirectInput()).isEqualTo(ProcessBuilder.Redirect.PIPE);
            byte[] content = new byte[size];
            new Random(5).nextBytes(content);
            MemorySegment sent = arena.allocate(size).copyFrom(MemorySegment.ofArray(content));
            MemorySegment received = arena.allocate(size);
            Caller<Long> writing =
                    Caller.start(
                            threads,
                            () -> {
                                long count = in.sink().write(sent);
                                in.sink().close();
                                return count;
                            });
            Caller<Long> reading = Caller.start(threads, () -> out.source().readFully(received));
            assertThat(reading.result()).isEqualTo(size);
            assertThat(writing.result()).isEqualTo(size);
            assertThat(received.mismatch(sent)).isEqualTo(-1);
            assertThat(out.source().read(new byte[1])).isEqualTo(Ipc.EOF);
            end(cat);
        }
    }

    @Test
    void theEndOfAFifoIsNotGivenToAChild() throws Exception {
        Path path = folder.resolve("fifo");
        Fifo.create(path);
        Caller<PipeSink> sink = Caller.start(() -> Fifo.openSink(path));
        try (PipeSource source = Fifo.openSource(path);
                PipeSink opened = sink.result()) {
            PipedProcess child = PipedProcess.of(new ProcessBuilder("cat")).input(source);
            assertThatThrownBy(child::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not an anonymous pipe");
            assertThat(source.isOpen()).isTrue();
        }
    }

    @Test
    void aPipeForErrorsThatTheBuilderMergesIsRefused() throws Exception {
        try (AnonymousPipe errors = AnonymousPipe.open()) {
            ProcessBuilder merging = new ProcessBuilder("cat").redirectErrorStream(true);
            assertThatThrownBy(() -> PipedProcess.of(merging).error(errors.sink()).start())
                    .isInstanceOf(IllegalStateException.class);
            assertThat(errors.sink().isOpen()).isTrue();
        }
    }

    @Test
    void aChildHasItsThreeStreamsAndNothingElseOfOurs() throws Exception {
        try (AnonymousPipe out = AnonymousPipe.open();
                AnonymousPipe err = AnonymousPipe.open();
                AnonymousPipe others = AnonymousPipe.open()) {
            String script = "echo problem >&2; exec ls /proc/self/fd";
            Process child =
                    PipedProcess.of(new ProcessBuilder("sh", "-c", script))
                            .output(out.sink())
                            .error(err.sink())
                            .start();
            child.getOutputStream().close();
            byte[] target = new byte[100];
            int count = out.source().read(target);
            assertThat(new String(target, 0, count, UTF_8))
                    .isEqualTo("0\n1\n2\n3\n"); // the last is that of the listing
            count = err.source().read(target);
            assertThat(new String(target, 0, count, UTF_8)).isEqualTo("problem\n");
            assertThat(out.source().read(target)).isEqualTo(Ipc.EOF);
            assertThat(err.source().read(target)).isEqualTo(Ipc.EOF);
            assertThat(others.source().tryRead(target)).isEqualTo(Ipc.WOULD_BLOCK);
            end(child);
        }
    }

    @Test
    void whatCannotBeStartedLeavesTheEndsOpen() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            ProcessBuilder absent = new ProcessBuilder(folder.resolve("absent").toString());
            assertThatThrownBy(() -> PipedProcess.of(absent).output(pipe.sink()).start())
                    .isInstanceOf(IOException.class);
            assertThat(pipe.sink().isOpen()).isTrue();
            pipe.sink().close();
            ProcessBuilder works = new ProcessBuilder("true");
            assertThatThrownBy(() -> PipedProcess.of(works).output(pipe.sink()).start())
                    .isInstanceOf(ClosedException.class);
        }
    }

    @Test
    @Conforms("pipe/O114")
    void severalChildrenShareAPipeAndEachByteIsReadOnce() throws Exception {
        int children = 3;
        try (AnonymousPipe in = AnonymousPipe.open();
                AnonymousPipe out = AnonymousPipe.open()) {
            List<Process> cats = new ArrayList<>();
            for (int i = 0; i < children; i++) {
                PipeSource source = PipeSource.adopt(again(in.source()));
                PipeSink sink = PipeSink.adopt(again(out.sink()));
                cats.add(
                        PipedProcess.of(new ProcessBuilder("cat"))
                                .input(source)
                                .output(sink)
                                .start());
            }
            in.source().close();
            out.sink().close();
            for (int i = 0; i < 10_000; i++) {
                in.sink().write(new byte[] {(byte) i});
            }
            in.sink().close();
            byte[] all = new byte[10_000];
            assertThat(out.source().readFully(all)).isEqualTo(10_000);
            assertThat(out.source().read(new byte[1])).isEqualTo(Ipc.EOF);
            int[] expected = new int[256];
            int[] found = new int[256];
            for (int i = 0; i < all.length; i++) {
                expected[i & 0xff]++;
                found[all[i] & 0xff]++;
            }
            assertThat(found).isEqualTo(expected);
            for (Process cat : cats) {
                end(cat);
            }
        }
    }

    private static int again(Pollable end) throws Exception {
        try (BorrowedDescriptor fd = end.borrow()) {
            return Fcntl.fcntl(fd.fd(), Fcntl.F_DUPFD_CLOEXEC, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aFrameThatAKilledWriterLeftHalfIsReported(Threads threads) throws Exception {
        Path path = folder.resolve("fifo");
        Fifo.create(path);
        try (SecondProcess child = SecondProcess.java(WritesHalfAFrame.class, path.toString());
                PipeSource source = Fifo.openSource(path, Ends.PATIENCE)) {
            byte[] frame = new byte[100];
            assertThat(source.readFully(frame)).isEqualTo(100);
            assertThat(frame).containsOnly(1);
            assertThat(child.readLine()).isEqualTo("half");
            Caller<Integer> reading =
                    Caller.start(threads, () -> source.readFully(frame)).awaitBlocked();
            child.kill();
            assertThatThrownBy(reading::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class,
                            e -> assertThat(e.transferred()).isEqualTo(40));
            assertThat(source.readFully(frame)).isEqualTo(Ipc.EOF);
        }
    }

    /** Writes a frame and the begin of another, and waits. */
    static final class WritesHalfAFrame {
        public static void main(String[] args) throws Exception {
            try (PipeSink sink = Fifo.openSink(Path.of(args[0]))) {
                byte[] frame = new byte[100];
                Arrays.fill(frame, (byte) 1);
                sink.write(frame);
                sink.write(MemorySegment.ofArray(frame).asSlice(0, 40));
                System.out.println("half");
                System.in.read();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aWriterSeesThatItsReaderWasKilled(Threads threads) throws Exception {
        Path path = folder.resolve("fifo");
        Fifo.create(path);
        try (SecondProcess reader = SecondProcess.program("sh", "-c", "exec sleep 1000 < " + path);
                PipeSink sink = Fifo.openSink(path, Ends.PATIENCE)) {
            Caller<Long> writing =
                    Caller.start(
                                    threads,
                                    () -> sink.write(MemorySegment.ofArray(new byte[1 << 20])))
                            .awaitBlocked();
            reader.kill();
            assertThatThrownBy(writing::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class,
                            e -> assertThat(e.transferred()).isEqualTo(65_536));
        }
    }
}
