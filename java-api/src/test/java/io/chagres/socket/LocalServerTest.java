// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.AlreadyExistsException;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.TimedOutException;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How local servers come and go, and how clients find them. */
@Tag("native")
class LocalServerTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private Path path = Path.of("");
    private LocalName name = LocalName.of("none");

    @BeforeEach
    void choose() {
        path = folder.resolve("server");
        name = LocalName.ofPath(path);
    }

    private static LocalOptions of(LocalMode mode) {
        return LocalOptions.defaults().withMode(mode);
    }

    @Test
    void itIsForTheOwnerOnlyUnlessAskedOtherwise() throws Exception {
        try (LocalServer server = LocalServer.open(name)) {
            assertThat(Files.getPosixFilePermissions(path))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(server.mode()).isEqualTo(LocalMode.STREAM);
            assertThat(server).hasToString("LocalServer[" + path + ", STREAM]");
        }
        assertThat(path).doesNotExist();
        LocalOptions group = LocalOptions.defaults().withAccess(Access.mode(0660));
        try (LocalServer server = LocalServer.open(name, group)) {
            assertThat(Files.getPosixFilePermissions(path))
                    .isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void aShortNameIsNotForOthers() {
        LocalOptions group = LocalOptions.defaults().withAccess(Access.mode(0660));
        assertThatThrownBy(() -> LocalServer.open(LocalName.of("orders"), group))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use a path");
    }

    @Test
    void aNameBelongsToOneServerAtATime() throws Exception {
        try (LocalServer server = LocalServer.open(name)) {
            assertThatThrownBy(() -> LocalServer.open(name))
                    .isInstanceOf(AlreadyExistsException.class);
            assertThat(server.isOpen()).isTrue();
        }
        try (LocalServer again = LocalServer.open(name)) {
            assertThat(again.tryAccept()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(LocalMode.class)
    void aClientOfTheOtherModeIsTold(LocalMode mode) throws Exception {
        LocalMode other = mode == LocalMode.STREAM ? LocalMode.MESSAGE : LocalMode.STREAM;
        try (LocalServer server = LocalServer.open(name, of(mode))) {
            for (Duration timeout : List.of(Duration.ZERO, LocalEnds.PATIENCE)) {
                assertThatThrownBy(() -> LocalChannel.connect(name, other, timeout))
                        .isInstanceOf(IpcException.class)
                        .hasMessageContaining("the server is not of mode " + other);
            }
            assertThatThrownBy(() -> LocalChannel.connect(name, other))
                    .hasMessageContaining("the server is not of mode " + other);
            assertThat(server.tryAccept()).isEmpty();
        }
    }

    @Test
    void withoutATimeoutTheServerMustBeThere() throws Exception {
        assertThatThrownBy(() -> LocalChannel.connect(name)).isInstanceOf(NotFoundException.class);
        UnixServerChannel.bind(
                        UnixAddress.of(path), BindOptions.defaults().withUnlinkOnClose(false))
                .close();
        assertThatThrownBy(() -> LocalChannel.connect(name)).isInstanceOf(PeerGoneException.class);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void withATimeoutItIsWaitedFor(Threads threads) throws Exception {
        Caller<LocalChannel> connecting =
                Caller.start(
                        threads,
                        () -> LocalChannel.connect(name, LocalMode.MESSAGE, LocalEnds.PATIENCE));
        LockSupport.parkNanos(LocalEnds.SHORT.toNanos());
        assertThat(connecting.isDone()).isFalse();
        try (LocalServer server = LocalServer.open(name, of(LocalMode.MESSAGE));
                LocalChannel client = connecting.result();
                LocalChannel accepted = server.accept()) {
            client.send(MemorySegment.ofArray(new byte[3]));
            assertThat(accepted.receive(MemorySegment.ofArray(new byte[3]))).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void theWaitForAServerEndsAtItsTimeout(Threads threads) throws Exception {
        long start = System.nanoTime();
        Caller<LocalChannel> connecting =
                Caller.start(threads, () -> LocalChannel.connect(name, LocalEnds.SHORT));
        assertThatThrownBy(connecting::result)
                .cause()
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining("no server has appeared")
                .hasMessageContaining("ENOENT");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(LocalEnds.SHORT.toNanos());
        assertThatThrownBy(() -> LocalChannel.connect(name, Duration.ZERO))
                .isInstanceOf(TimedOutException.class);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptEndsTheWaitForAServer(Threads threads) throws Exception {
        for (LocalName absent : List.of(name, LocalName.of("chagres-test-absent"))) {
            Caller<LocalChannel> connecting =
                    Caller.start(threads, () -> LocalChannel.connect(absent, LocalEnds.PATIENCE));
            LockSupport.parkNanos(LocalEnds.SHORT.toNanos());
            connecting.interrupt();
            assertThatThrownBy(connecting::result).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aFullBacklogIsToldApartFromAnAbsentServer() throws Exception {
        LocalOptions small = LocalOptions.defaults().withBacklog(0);
        try (LocalServer server = LocalServer.open(name, small);
                LocalChannel first = LocalChannel.connect(name)) {
            assertThatThrownBy(() -> LocalChannel.connect(name, LocalEnds.SHORT))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("backlog");
            assertThat(first.isOpen() && server.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anAcceptEndsByTimeoutInterruptAndClose(Threads threads) throws Exception {
        try (LocalServer server = LocalServer.open(name)) {
            assertThatThrownBy(Caller.start(threads, () -> server.accept(LocalEnds.SHORT))::result)
                    .hasCauseInstanceOf(TimedOutException.class);
            Caller<LocalChannel> interrupted =
                    Caller.start(threads, () -> server.accept(LocalEnds.PATIENCE));
            interrupted.interrupt();
            assertThatThrownBy(interrupted::result).hasCauseInstanceOf(InterruptedException.class);
            Caller<LocalChannel> closed = Caller.start(threads, server::accept);
            server.close();
            assertThatThrownBy(closed::result).hasCauseInstanceOf(ClosedException.class);
        }
    }

    @Test
    void aPathThatIsTooLongIsAClearError() {
        LocalName deep = LocalName.ofPath(folder.resolve("x".repeat(120)));
        assertThatThrownBy(() -> LocalServer.open(deep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 108 bytes");
        assertThatThrownBy(() -> LocalChannel.connect(deep, LocalEnds.PATIENCE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
