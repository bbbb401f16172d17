// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.InterruptedCallException;
import io.chagres.IpcException;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several take over the path of a dead server at once, and some die while they do. */
@Tag("native")
@Tag("cross-process")
class TakeoverRaceTest {

    private static final int ROUNDS = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @Test
    void ofProcessesThatRaceForADeadServersPathExactlyOneWinsEachTime() throws Exception {
        try (TakeoverRace race = new TakeoverRace(folder, 3, 3)) {
            race.leaveStale();
            for (int i = 0; i < ROUNDS; i++) {
                race.end(race.run());
            }
            race.kill(race.run());
            race.end(race.run());
        }
    }

    @Test
    void aProcessKilledWhileItTakesOverLeavesNothingThatIsInTheWay() throws Exception {
        Path path = folder.resolve("server");
        for (int i = 0; i < 3; i++) {
            killAmidTakeover(path, i * 700_000L);
            requireTakeover(path);
        }
    }

    /** Leaves whatever such a process leaves. */
    static void killAmidTakeover(Path path, long nanos) throws Exception {
        try (SecondProcess child =
                SecondProcess.java(TakeoverRacers.TakesOverForEver.class, path.toString())) {
            assertThat(child.readLine()).isEqualTo("begun");
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            child.kill();
        }
    }

    /** A first one may find no path, or a stale one; the second one finds a stale one. */
    static void requireTakeover(Path path) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (UnixServerChannel server =
                            UnixServerChannel.bind(
                                    UnixAddress.of(path), TakeoverRacers.LEAVES_ITS_PATH);
                    UnixSocketChannel client =
                            UnixSocketChannel.connect(UnixAddress.of(path), PATIENCE);
                    UnixSocketChannel accepted = server.accept(PATIENCE)) {
                client.write(new byte[] {7});
                assertThat(accepted.read(new byte[1])).isEqualTo(1);
            }
        }
        assertThat(Path.of(path + ".lock")).doesNotExist();
    }

    @Test
    void aLockFileThatWasLeftBehindIsNotInTheWay() throws Exception {
        Path path = folder.resolve("server");
        TakeoverRacers.bind(0, UnixAddress.of(path)).close();
        Files.createFile(folder.resolve("server.lock"));
        requireTakeover(path);
        Files.delete(path);
        Files.createFile(folder.resolve("server.lock"));
        requireTakeover(path);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTakeoverWaitsForAnotherOne(Threads threads) throws Exception {
        Path path = folder.resolve("server");
        TakeoverRacers.bind(0, UnixAddress.of(path)).close();
        Caller<UnixServerChannel> taking;
        try (HeldLock held = HeldLock.of(folder.resolve("server.lock"))) {
            taking = Caller.start(threads, () -> UnixServerChannel.bind(UnixAddress.of(path)));
            Thread.sleep(50);
            assertThat(taking.isDone()).isFalse();
        }
        try (UnixServerChannel server = taking.result()) {
            assertThat(server.isOpen()).isTrue();
        }
        assertThat(path).doesNotExist();
        assertThat(folder.resolve("server.lock")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptEndsATakeoverThatWaits(Threads threads) throws Exception {
        Path path = folder.resolve("server");
        TakeoverRacers.bind(0, UnixAddress.of(path)).close();
        try (HeldLock held = HeldLock.of(folder.resolve("server.lock"))) {
            Caller<UnixServerChannel> taking =
                    Caller.start(threads, () -> UnixServerChannel.bind(UnixAddress.of(path)));
            Thread.sleep(50);
            taking.interrupt();
            assertThatThrownBy(taking::result)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedCallException.class);
            assertThat(path).exists();
        }
        requireTakeover(path);
    }

    /** What others have put there is not opened, locked, changed or removed. */
    @ParameterizedTest
    @ValueSource(strings = {"mkdir", "mkfifo", "ln -s target"})
    void whatIsNoLockFileIsNotTouched(String command) throws Exception {
        Path path = folder.resolve("server");
        TakeoverRacers.bind(0, UnixAddress.of(path)).close();
        Path lock = folder.resolve("server.lock");
        String script = command + " " + lock;
        try (SecondProcess shell = SecondProcess.program("sh", "-c", script)) {
            assertThat(shell.exitCode()).isZero();
        }
        assertThatThrownBy(() -> UnixServerChannel.bind(UnixAddress.of(path)))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("server.lock");
        assertThat(Files.readAttributes(lock, "*", java.nio.file.LinkOption.NOFOLLOW_LINKS))
                .containsEntry("isRegularFile", false);
        assertThat(folder.resolve("target")).doesNotExist();
        assertThat(path).exists();
        Files.delete(lock);
        requireTakeover(path);
    }
}
