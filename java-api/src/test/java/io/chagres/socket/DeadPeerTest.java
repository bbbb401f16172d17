// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that are gone, or go while something is on its way to them. */
@Tag("native")
@Tag("cross-process")
class DeadPeerTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Threads.class)
    void eachWriteToADeadPeerTellsThatAndNoSignalEndsTheProcess(Threads threads) throws Exception {
        assertThat(kibibytesOf(20_000, threads)).isNotNull();
    }

    /** How much memory so many writes to dead peers have cost. */
    static Long kibibytesOf(int writes, Threads threads) throws Exception {
        try (SecondProcess child =
                SecondProcess.java(
                        DeadPeerChildren.WritesToTheDead.class,
                        Integer.toString(writes),
                        threads.name().toLowerCase(Locale.ROOT))) {
            assertThat(child.readLine()).isEqualTo("gone " + writes);
            assertThat(child.readLine()).isEqualTo("descriptors 0");
            String memory = child.readLine();
            assertThat(child.exitCode()).isZero();
            return Long.parseLong(memory.substring("KiB ".length()));
        }
    }

    /** The kernel ends the connection of a datagram socket with the first refusal. */
    @Test
    void theDeadPeerOfADatagramSocketIsToldOnceAndThenThereIsNone() throws Exception {
        MemorySegment message = MemorySegment.ofArray(new byte[1]);
        try (SocketPair<UnixDatagramChannel> pair = UnixDatagramChannel.pair()) {
            pair.second().close();
            assertThatThrownBy(() -> pair.first().send(message))
                    .isInstanceOf(PeerGoneException.class);
            assertThatThrownBy(() -> pair.first().send(message))
                    .isInstanceOfSatisfying(
                            IpcException.class, e -> assertThat(e.symbol()).isEqualTo("ENOTCONN"));
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aPeerThatIsKilledAmidAWriteIsToldWithWhatWasWritten(Threads threads) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        int read = 100_000;
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess child =
                        SecondProcess.java(
                                DeadPeerChildren.ReadsALittle.class,
                                address.toString(),
                                Integer.toString(read));
                UnixSocketChannel channel = server.accept(UnixWaits.PATIENCE)) {
            MemorySegment source = MemorySegment.ofArray(new byte[10_000_000]);
            Caller<Long> writing = Caller.start(threads, () -> channel.write(source));
            assertThat(child.readLine()).isEqualTo("read " + read);
            writing.awaitBlocked();
            child.kill();
            assertThatThrownBy(writing::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class,
                            e ->
                                    assertThat(e.transferred())
                                            .isBetween((long) read, source.byteSize() - 1));
            assertThatThrownBy(() -> channel.write(new byte[1]))
                    .isInstanceOfSatisfying(
                            PeerGoneException.class, e -> assertThat(e.transferred()).isZero());
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aPeerThatIsKilledAmidAFrameIsToldToItsReader(Threads threads) throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        String script =
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                s.connect(sys.argv[1])
                s.sendall(b"x" * 140)
                sys.stdin.read()
                """;
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess child =
                        SecondProcess.program("python3", "-c", script, address.toString());
                UnixSocketChannel channel = server.accept(UnixWaits.PATIENCE)) {
            byte[] frame = new byte[100];
            assertThat(channel.readFully(frame)).isEqualTo(100);
            Caller<Integer> reading =
                    Caller.start(threads, () -> channel.readFully(frame)).awaitBlocked();
            child.kill();
            assertThatThrownBy(reading::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class,
                            e -> assertThat(e.transferred()).isEqualTo(40));
            assertThat(channel.read(frame)).isEqualTo(Ipc.EOF);
        }
    }
}
