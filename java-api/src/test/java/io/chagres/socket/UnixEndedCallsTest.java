// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.PeerGoneException;
import io.chagres.TimedOutException;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupt or a close ends each operation that waits, and nothing is lost by that. */
@Tag("native")
class UnixEndedCallsTest {

    private static final Duration PATIENCE = UnixWaits.PATIENCE;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    static List<Arguments> allOnEachKindOfThread() {
        return Threads.with((Object[]) UnixWaits.values());
    }

    private static Caller<Boolean> waiting(Threads threads, UnixWaits.Action operation) {
        return Caller.start(
                        threads,
                        () -> {
                            operation.run();
                            return true;
                        })
                .awaitBlocked();
    }

    @ParameterizedTest
    @MethodSource("allOnEachKindOfThread")
    @Conforms("af_unix.connect/O42")
    void anInterruptEndsItAndTheNextOneGetsWhatComes(Threads threads, UnixWaits waits)
            throws Exception {
        try (UnixWaits.Wait wait = waits.open(folder)) {
            Caller<Boolean> ended = waiting(threads, wait.operation());
            ended.interrupt();
            assertThatThrownBy(ended::result).hasCauseInstanceOf(InterruptedException.class);
            assertThat(wait.handle().isOpen()).isTrue();
            Caller<Boolean> next = waiting(threads, wait.operation());
            wait.release().run();
            assertThat(next.result()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("allOnEachKindOfThread")
    @Conforms("af_unix.connect/O41")
    void aCloseEndsIt(Threads threads, UnixWaits waits) throws Exception {
        try (UnixWaits.Wait wait = waits.open(folder)) {
            Caller<Boolean> first = waiting(threads, wait.operation());
            Caller<Boolean> second = waiting(threads, wait.operation());
            wait.handle().close();
            assertThat(wait.handle().isOpen()).isFalse();
            assertThatThrownBy(first::result).hasCauseInstanceOf(ClosedException.class);
            assertThatThrownBy(second::result).hasCauseInstanceOf(ClosedException.class);
            assertThatThrownBy(wait.operation()::run).isInstanceOf(ClosedException.class);
        }
    }

    private interface Connecting {
        UnixSocketChannel connect(UnixAddress address) throws Exception;
    }

    private static final List<Connecting> CONNECTING =
            List.of(
                    UnixSocketChannel::connect,
                    address -> UnixSocketChannel.connect(address, PATIENCE));

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms({"af_unix.connect/O34", "af_unix.connect/O42"})
    void anInterruptEndsAConnectToAFullBacklog(Threads threads) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        for (Connecting connecting : CONNECTING) {
            try (UnixServerChannel server = fullServer(address);
                    UnixSocketChannel waits = UnixSocketChannel.connect(address)) {
                assertThatThrownBy(() -> UnixSocketChannel.connect(address, Duration.ofMillis(20)))
                        .isInstanceOf(TimedOutException.class);
                Caller<UnixSocketChannel> ended =
                        Caller.start(threads, () -> connecting.connect(address));
                awaitConnecting(threads, ended);
                ended.interrupt();
                assertThatThrownBy(ended::result).hasCauseInstanceOf(InterruptedException.class);
                server.accept().close();
                assertThat(server.tryAccept()).isEmpty(); // it is not among those that wait
                assertThat(waits.read(new byte[1])).isEqualTo(Ipc.EOF);
            }
        }
    }

    /** Room for none but the first. */
    private static UnixServerChannel fullServer(UnixAddress address) throws Exception {
        return UnixServerChannel.bind(address, BindOptions.defaults().withBacklog(0));
    }

    /** One that has a timeout looks from time to time, and is not to be seen in the system. */
    private static void awaitConnecting(Threads threads, Caller<UnixSocketChannel> caller)
            throws InterruptedException {
        if (threads == Threads.PLATFORM) {
            caller.awaitBlocked();
        } else {
            Thread.sleep(30);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void theEndOfTheServerEndsAConnectThatWaits(Threads threads) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        for (Connecting connecting : CONNECTING) {
            try (UnixServerChannel server = fullServer(address);
                    UnixSocketChannel waits = UnixSocketChannel.connect(address)) {
                Caller<UnixSocketChannel> ended =
                        Caller.start(threads, () -> connecting.connect(address));
                awaitConnecting(threads, ended);
                server.close();
                assertThatThrownBy(ended::result)
                        .cause()
                        .isInstanceOfAny(
                                PeerGoneException.class, io.chagres.NotFoundException.class);
                assertThatThrownBy(() -> waits.read(new byte[1]))
                        .isInstanceOf(PeerGoneException.class);
            }
        }
    }

    /** What the count says is there, and nothing more. */
    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptAmidAWriteTellsHowMuchWasWritten(Threads threads) throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            byte[] source = numbered(2_000_000);
            Caller<Long> writing =
                    Caller.start(
                                    threads,
                                    () -> {
                                        long count = pair.first().write(source);
                                        return Thread.interrupted() ? count : -count;
                                    })
                            .awaitBlocked();
            writing.interrupt();
            long written = writing.result();
            assertThat(written).isBetween(1L, source.length - 1L);
            byte[] target = new byte[(int) written];
            assertThat(pair.second().readFully(target)).isEqualTo(target.length);
            assertThat(pair.second().tryRead(new byte[1])).isEqualTo(Ipc.WOULD_BLOCK);
            MemorySegment expected = MemorySegment.ofArray(source).asSlice(0, written);
            assertThat(MemorySegment.ofArray(target).mismatch(expected)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptAmidAReadKeepsWhatHasCome(Threads threads) throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            byte[] target = new byte[10];
            pair.second().write(new byte[] {1, 2, 3});
            Caller<Integer> reading =
                    Caller.start(
                                    threads,
                                    () -> {
                                        int count = pair.first().readFully(target);
                                        return Thread.interrupted() ? count : -count;
                                    })
                            .awaitBlocked();
            reading.interrupt();
            assertThat(reading.result()).isEqualTo(3);
            assertThat(target).startsWith(1, 2, 3);
        }
    }

    private static byte[] numbered(int size) {
        byte[] source = new byte[size];
        for (int i = 0; i < size; i++) {
            source[i] = (byte) (i / 7);
        }
        return source;
    }
}
