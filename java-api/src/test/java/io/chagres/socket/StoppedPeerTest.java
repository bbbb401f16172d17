// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.Ipc;
import io.chagres.TimedOutException;
import io.chagres.posix.Signals;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that is stopped and continued. */
@Tag("native")
@Tag("cross-process")
class StoppedPeerTest {

    private static final Duration SHORT = Duration.ofMillis(40);
    private static final int SIZE = 3_000_000;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private static SecondProcess echo(UnixAddress address) throws Exception {
        String script =
                """
                import socket, sys, zlib
                s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                s.connect(sys.argv[1])
                total, crc = 0, 0
                print("begun", flush=True)
                while total < int(sys.argv[2]):
                    data = s.recv(10000)
                    total, crc = total + len(data), zlib.crc32(data, crc)
                    s.sendall(data)
                print(total, crc, flush=True)
                """;
        return SecondProcess.program(
                "python3", "-c", script, address.toString(), Integer.toString(SIZE));
    }

    /** Until it has left the system call that it may be in. */
    private static void stop(SecondProcess process) {
        assertThat(Signals.kill((int) process.pid(), Signals.SIGSTOP)).isZero();
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> Files.readString(state).contains(") T "));
    }

    private static void resume(SecondProcess process) {
        assertThat(Signals.kill((int) process.pid(), Signals.SIGCONT)).isZero();
    }

    private static MemorySegment content() {
        byte[] content = new byte[SIZE];
        new Random(3).nextBytes(content);
        return MemorySegment.ofArray(content);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void nothingIsLostWhenAPeerIsStoppedAndContinued(Threads threads) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        MemorySegment content = content();
        MemorySegment back = MemorySegment.ofArray(new byte[SIZE]);
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess child = echo(address);
                UnixSocketChannel channel = server.accept(UnixWaits.PATIENCE)) {
            assertThat(child.readLine()).isEqualTo("begun");
            Caller<Long> writing = Caller.start(threads, () -> channel.write(content));
            Caller<Long> reading = Caller.start(threads, () -> channel.readFully(back));
            while (!reading.isDone()) {
                stop(child);
                Thread.sleep(3);
                resume(child);
                Thread.sleep(1);
            }
            assertThat(writing.result()).isEqualTo(SIZE);
            assertThat(reading.result()).isEqualTo(SIZE);
            assertThat(back.mismatch(content)).isEqualTo(-1);
            assertThat(child.readLine()).isEqualTo(SIZE + " " + crc(content));
        }
    }

    private static long crc(MemorySegment content) {
        CRC32 crc = new CRC32();
        crc.update(content.asByteBuffer());
        return crc.getValue();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void timeoutsPassWhileAPeerIsStopped(Threads threads) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        MemorySegment content = content();
        MemorySegment back = MemorySegment.ofArray(new byte[SIZE]);
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess child = echo(address);
                UnixSocketChannel channel = server.accept(UnixWaits.PATIENCE)) {
            assertThat(child.readLine()).isEqualTo("begun");
            stop(child);
            long start = System.nanoTime();
            Caller<Long> partial = Caller.start(threads, () -> channel.write(content, SHORT));
            long written = partial.result();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(written).isBetween(1L, SIZE - 1L);
            start = System.nanoTime();
            Caller<Long> none = Caller.start(threads, () -> channel.read(back, SHORT));
            assertThat(none.result()).isEqualTo(Ipc.TIMED_OUT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            resume(child);
            Caller<Long> rest =
                    Caller.start(threads, () -> channel.write(content.asSlice(written)));
            assertThat(channel.readFully(back)).isEqualTo(SIZE);
            assertThat(rest.result()).isEqualTo(SIZE - written);
            assertThat(back.mismatch(content)).isEqualTo(-1);
        }
    }

    /** The kernel takes connections for it, as many as its backlog has room for. */
    @Test
    void aConnectToAStoppedServerWaitsOnlyForItsBacklog() throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        String script =
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                s.bind(sys.argv[1])
                s.listen(0)
                print("listens", flush=True)
                while True:
                    s.accept()[0].sendall(b"x")
                """;
        try (SecondProcess child =
                SecondProcess.program("python3", "-c", script, address.toString())) {
            assertThat(child.readLine()).isEqualTo("listens");
            stop(child);
            try (UnixSocketChannel first = UnixSocketChannel.connect(address, SHORT)) {
                assertThat(first.read(new byte[1], SHORT)).isEqualTo(Ipc.TIMED_OUT);
                assertThatThrownBy(() -> UnixSocketChannel.connect(address, SHORT))
                        .isInstanceOf(TimedOutException.class)
                        .hasMessageContaining("backlog");
                Caller<UnixSocketChannel> second =
                        Caller.start(() -> UnixSocketChannel.connect(address)).awaitBlocked();
                resume(child);
                try (UnixSocketChannel connected = second.result()) {
                    assertThat(first.read(new byte[1])).isOne();
                    assertThat(connected.read(new byte[1])).isOne();
                }
            }
        }
    }
}
