// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.PeerGoneException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Signals;
import io.chagres.socket.UnixStreams.Kind;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a stream ends: by half, by its peer, by its owner. */
@Tag("native")
class UnixStreamEndTest {

    private static final int SIGPIPE = 13;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    static List<Arguments> everywhere() {
        return Threads.with((Object[]) Kind.values());
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void peerGone(String symbol, Call... calls) {
        for (Call each : calls) {
            assertThatThrownBy(each::run)
                    .isInstanceOfSatisfying(
                            PeerGoneException.class, e -> assertThat(e.symbol()).isEqualTo(symbol));
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.stream/O46")
    void afterTheOutputIsShutTheOtherReadsTheEndAndCanAnswer(Threads threads, Kind kind)
            throws Exception {
        try (UnixStreams ends = kind.open()) {
            ends.client().write(new byte[3]);
            ends.client().shutdownOutput();
            assertThat(ends.server().read(new byte[10])).isEqualTo(3);
            Caller<Integer> reading = Caller.start(threads, () -> ends.server().read(new byte[10]));
            assertThat(reading.result()).isEqualTo(Ipc.EOF);
            assertThat(ends.server().tryRead(UnixMessages.room(1), new MessageInfo()))
                    .isEqualTo(Ipc.EOF);
            peerGone(
                    "EPIPE",
                    () -> ends.client().write(new byte[1]),
                    () -> ends.client().tryWrite(new byte[1]),
                    () -> ends.client().write(UnixMessages.room(1), Envelope.empty()),
                    () -> ends.client().write(ByteBuffer.allocate(1)));
            ends.server().write(new byte[5]);
            assertThat(ends.client().read(new byte[10])).isEqualTo(5);
            ends.client().shutdownOutput();
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.stream/O47")
    void afterTheInputIsShutWhatCameIsReadAndThenTheEnd(Threads threads, Kind kind)
            throws Exception {
        try (UnixStreams ends = kind.open()) {
            ends.client().write(new byte[3]);
            ends.server().shutdownInput();
            byte[] target = new byte[10];
            assertThat(ends.server().read(target)).isEqualTo(3);
            Caller<Integer> reading = Caller.start(threads, () -> ends.server().read(target));
            assertThat(reading.result()).isEqualTo(Ipc.EOF);
            assertThat(ends.server().tryRead(target)).isEqualTo(Ipc.EOF);
            peerGone("EPIPE", () -> ends.client().write(new byte[1]));
            ends.server().write(new byte[2]);
            assertThat(ends.client().read(target)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    @Conforms("af_unix.stream/O47")
    void shuttingTheInputEndsAReadThatWaits(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            Caller<Integer> reading =
                    Caller.start(threads, () -> ends.server().read(new byte[1])).awaitBlocked();
            ends.server().shutdownInput();
            assertThat(reading.result()).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void whenThePeerClosesTheRestIsReadAndThenTheEnd(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            ends.client().write(new byte[3]);
            ends.client().close();
            assertThat(ends.server().readFully(new byte[3])).isEqualTo(3);
            Caller<Integer> reading = Caller.start(threads, () -> ends.server().read(new byte[1]));
            assertThat(reading.result()).isEqualTo(Ipc.EOF);
            assertThat(ends.server().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(ends.server().readFully(new byte[1])).isEqualTo(Ipc.EOF);
            peerGone("EPIPE", () -> ends.server().write(new byte[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aReaderSeesThatItsPeerHasClosedWithoutReading(Threads threads, Kind kind)
            throws Exception {
        try (UnixStreams ends = kind.open()) {
            ends.client().write(new byte[3]);
            Caller<Integer> reading =
                    Caller.start(threads, () -> ends.client().read(new byte[1])).awaitBlocked();
            ends.server().close();
            assertThatThrownBy(reading::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class,
                            e -> assertThat(e.symbol()).isEqualTo("ECONNRESET"));
            assertThat(ends.client().read(new byte[1])).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aWriterThatWaitsSeesThatItsPeerHasClosed(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            ends.fill();
            MemorySegment large = MemorySegment.ofArray(new byte[1 << 20]);
            Caller<Long> writing =
                    Caller.start(threads, () -> ends.client().write(large)).awaitBlocked();
            ends.server().close();
            assertThatThrownBy(writing::result).hasCauseInstanceOf(PeerGoneException.class);
            peerGone("EPIPE", () -> ends.client().write(new byte[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aFrameThatEndsMidwayIsReported(Threads threads, Kind kind) throws Exception {
        try (UnixStreams ends = kind.open()) {
            Caller<Integer> reading =
                    Caller.start(threads, () -> ends.server().readFully(new byte[8]));
            ends.client().write(new byte[] {1, 2, 3});
            reading.awaitBlocked();
            ends.client().close();
            assertThatThrownBy(reading::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class, e -> assertThat(e.transferred()).isEqualTo(3))
                    .hasMessageContaining("after 3 of 8 bytes");
        }
    }

    /** Were it raised, it would wait for a thread that does not let it through. */
    @Test
    void sigpipeIsNeverRaised() throws Exception {
        try (SocketPair<UnixSocketChannel> stream = UnixSocketChannel.pair();
                SocketPair<UnixSeqPacketChannel> packets = UnixSeqPacketChannel.pair();
                Arena arena = Arena.ofShared()) {
            stream.second().close();
            packets.second().close();
            MemorySegment message = arena.allocate(8);
            MessageBatch batch = new MessageBatch(2, 8);
            batch.add(message);
            Caller<String> pending =
                    Caller.start(
                            Threads.PLATFORM,
                            () -> {
                                MemorySegment set = arena.allocate(128);
                                Signals.sigemptyset(set);
                                Signals.sigaddset(set, SIGPIPE);
                                Signals.pthread_sigmask(Signals.SIG_BLOCK, set, MemorySegment.NULL);
                                peerGone(
                                        "EPIPE",
                                        () -> stream.first().write(message),
                                        () -> stream.first().tryWrite(new byte[1]),
                                        () -> stream.first().write(message, UnixStreams.PATIENCE),
                                        () -> stream.first().write(message, Envelope.empty()),
                                        () -> packets.first().send(message),
                                        () -> packets.first().trySend(message, Envelope.empty()),
                                        () -> packets.first().send(batch));
                                return pendingSignals();
                            });
            assertThat(pending.result()).isEqualTo("0000000000000000");
        }
    }

    private static String pendingSignals() throws Exception {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("SigPnd:"))
                .map(line -> line.substring("SigPnd:".length()).strip())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterCloseEveryOperationSaysSo(Kind kind) throws Exception {
        UnixStreams ends = kind.open();
        ends.close();
        ends.close();
        UnixSocketChannel closed = ends.client();
        MemorySegment segment = UnixMessages.room(1);
        MessageInfo info = new MessageInfo();
        for (Call each :
                new Call[] {
                    () -> closed.read(segment),
                    () -> closed.read(new byte[0]),
                    () -> closed.tryRead(segment),
                    () -> closed.readFully(segment),
                    () -> closed.read(segment, info),
                    () -> closed.read(UnixMessages.room(0), info),
                    () -> closed.peek(segment, UnixStreams.SHORT),
                    () -> closed.read(ByteBuffer.allocate(1)),
                    () -> closed.read(new ByteBuffer[0]),
                    () -> closed.write(segment),
                    () -> closed.write(new byte[0]),
                    () -> closed.write(segment, Envelope.empty()),
                    () -> closed.write(ByteBuffer.allocate(1)),
                    () -> closed.available(),
                    () -> closed.localAddress(),
                    () -> closed.remoteAddress(),
                    () -> closed.peerCredentials(),
                    () -> closed.peerProcess(),
                    () -> closed.receiveCredentials(true),
                    () -> closed.sendBufferSize(),
                    () -> closed.sendBufferSize(4096),
                    () -> closed.receiveBufferSize(),
                    () -> closed.receiveBufferSize(4096),
                    () -> closed.shutdownInput(),
                    () -> closed.shutdownOutput(),
                    () -> closed.borrow(),
                    () -> closed.detach()
                }) {
            assertThatThrownBy(each::run).isInstanceOf(ClosedException.class);
        }
        assertThat(closed.isOpen()).isFalse();
    }

    @Test
    void aDetachedSocketIsTheCallersAlone() throws Exception {
        try (UnixStreams ends = Kind.PAIR.open()) {
            int fd = ends.client().detach();
            assertThat(ends.client().isOpen()).isFalse();
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
            try (UnixSocketChannel again = UnixSocketChannel.adopt(fd)) {
                again.write(new byte[3]);
            }
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(-Errno.EBADF);
            assertThat(ends.server().readFully(new byte[3])).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aSocketInUseIsNotDetachedAndOneThatIsLentStaysOpen(Threads threads) throws Exception {
        try (UnixStreams ends = Kind.PAIR.open()) {
            Caller<Integer> reading =
                    Caller.start(threads, () -> ends.client().read(new byte[1])).awaitBlocked();
            assertThatThrownBy(ends.client()::detach).isInstanceOf(IllegalStateException.class);
            ends.server().write(new byte[1]);
            assertThat(reading.result()).isEqualTo(1);
            BorrowedDescriptor borrowed = ends.client().borrow();
            ends.client().close();
            assertThat(Fcntl.fcntl(borrowed.fd(), Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
            borrowed.close();
            assertThatThrownBy(borrowed::fd).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void onlyAStreamIsAdopted() throws Exception {
        assertThatThrownBy(() -> UnixSocketChannel.adopt(-1))
                .isInstanceOf(IllegalArgumentException.class);
        try (SocketPair<UnixDatagramChannel> other = UnixDatagramChannel.pair();
                BorrowedDescriptor fd = other.first().borrow()) {
            assertThatThrownBy(() -> UnixSocketChannel.adopt(fd.fd()))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("it is a datagram socket and not stream");
            assertThat(other.first().trySend(UnixMessages.room(1))).isTrue();
        }
    }
}
