// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Ipc;
import io.chagres.PeerGoneException;
import io.chagres.TimedOutException;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that has no room for more connections, and one that has none to give. */
@Tag("native")
class UnixBacklogTest {

    private static final int BACKLOG = 2;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
    private final List<UnixSocketChannel> open = new ArrayList<>();
    private UnixServerChannel server;

    @BeforeEach
    void bind() throws Exception {
        server = UnixServerChannel.bind(address, BindOptions.defaults().withBacklog(BACKLOG));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        for (UnixSocketChannel each : open) {
            each.close();
        }
    }

    private void fill() throws Exception {
        for (int i = 0; i <= BACKLOG; i++) {
            open.add(UnixSocketChannel.connect(address, Duration.ZERO));
        }
    }

    private void accept(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            open.add(server.accept(UnixStreams.PATIENCE));
        }
    }

    @Test
    @Conforms("af_unix.connect/O34")
    void withoutWaitingAFullBacklogIsToldAtOnce() throws Exception {
        fill();
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-5))) {
            assertThatThrownBy(() -> UnixSocketChannel.connect(address, none))
                    .isInstanceOfSatisfying(
                            TimedOutException.class,
                            e -> {
                                assertThat(e.operation()).isEqualTo("connect");
                                assertThat(e.objectName()).isEqualTo(address.toString());
                            })
                    .hasMessageContaining("the backlog of the server is full");
        }
        accept(1);
        open.add(UnixSocketChannel.connect(address, Duration.ZERO));
        accept(3);
        assertThat(server.tryAccept()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("af_unix.connect/O34")
    void aTimeoutEndsTheWaitAndNotBefore(Threads threads) throws Exception {
        fill();
        Caller<UnixSocketChannel> connecting =
                Caller.start(threads, () -> UnixSocketChannel.connect(address, UnixStreams.SHORT));
        long start = System.nanoTime();
        assertThatThrownBy(
                        () ->
                                Caller.start(
                                                threads,
                                                () ->
                                                        UnixSocketChannel.connect(
                                                                address, UnixStreams.SHORT))
                                        .result())
                .hasCauseInstanceOf(TimedOutException.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(UnixStreams.SHORT.toNanos());
        assertThatThrownBy(connecting::result).hasCauseInstanceOf(TimedOutException.class);
        accept(3);
        assertThat(server.tryAccept()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("af_unix.connect/O34")
    void whoWaitsIsConnectedWhenThereIsRoom(Threads threads) throws Exception {
        fill();
        List<Caller<UnixSocketChannel>> waiting =
                List.of(
                        Caller.start(threads, () -> UnixSocketChannel.connect(address))
                                .awaitBlocked(),
                        Caller.start(
                                        threads,
                                        () ->
                                                UnixSocketChannel.connect(
                                                        address, UnixStreams.PATIENCE))
                                .awaitBlocked());
        assertThat(waiting).noneMatch(Caller::isDone);
        accept(5);
        for (Caller<UnixSocketChannel> each : waiting) {
            UnixSocketChannel client = each.result();
            open.add(client);
            client.write(new byte[1]); // which blocks or not as that of any other
            assertThat(client.tryRead(new byte[1])).isEqualTo(Ipc.WOULD_BLOCK);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms({"af_unix.connect/O42", "af_unix.connect/O41"})
    void anInterruptEndsAConnectThatWaits(Threads threads) throws Exception {
        fill();
        for (boolean timed : new boolean[] {false, true}) {
            Caller<UnixSocketChannel> connecting =
                    Caller.start(
                                    threads,
                                    () ->
                                            timed
                                                    ? UnixSocketChannel.connect(
                                                            address, UnixStreams.PATIENCE)
                                                    : UnixSocketChannel.connect(address))
                            .awaitBlocked();
            connecting.interrupt();
            assertThatThrownBy(connecting::result).hasCauseInstanceOf(InterruptedException.class);
        }
        accept(3);
        assertThat(server.tryAccept()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("af_unix.connect/O41")
    void closingTheServerEndsAConnectThatWaits(Threads threads) throws Exception {
        fill();
        Caller<UnixSocketChannel> connecting =
                Caller.start(threads, () -> UnixSocketChannel.connect(address)).awaitBlocked();
        server.close();
        assertThatThrownBy(connecting::result).hasCauseInstanceOf(PeerGoneException.class);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anAcceptWaitsAndTimesOut(Threads threads) throws Exception {
        assertThat(server.tryAccept()).isEmpty();
        long start = System.nanoTime();
        assertThatThrownBy(
                        () ->
                                Caller.start(threads, () -> server.accept(UnixStreams.SHORT))
                                        .result())
                .cause()
                .isInstanceOfSatisfying(
                        TimedOutException.class,
                        e -> assertThat(e.operation()).isEqualTo("accept"));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(UnixStreams.SHORT.toNanos());
        assertThatThrownBy(() -> server.accept(Duration.ZERO))
                .isInstanceOf(TimedOutException.class);
        Caller<UnixSocketChannel> accepting =
                Caller.start(threads, () -> server.accept()).awaitBlocked();
        open.add(UnixSocketChannel.connect(address));
        open.add(accepting.result());
    }

    @Test
    void aBacklogIsNotNegative() throws Exception {
        assertThatThrownBy(() -> BindOptions.defaults().withBacklog(-1))
                .isInstanceOf(IllegalArgumentException.class);
        UnixAddress other = UnixAddress.ofAbstract(TestNames.posix());
        BindOptions none = BindOptions.defaults().withBacklog(0);
        try (UnixServerChannel one = UnixServerChannel.bind(other, none);
                UnixSocketChannel first = UnixSocketChannel.connect(other, Duration.ZERO)) {
            assertThatThrownBy(() -> UnixSocketChannel.connect(other, Duration.ZERO))
                    .isInstanceOf(TimedOutException.class);
            one.accept().close();
            UnixSocketChannel.connect(other, Duration.ZERO).close();
            assertThat(first.isOpen()).isTrue();
        }
        BindOptions many = BindOptions.defaults().withBacklog(Integer.MAX_VALUE);
        UnixServerChannel.bind(other, many).close();
    }
}
