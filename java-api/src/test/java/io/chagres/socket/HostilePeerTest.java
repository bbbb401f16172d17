// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.NotFoundException;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Unprivileged;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that send what nobody has asked for. */
@Tag("native")
class HostilePeerTest {

    private static final Duration PATIENCE = UnixWaits.PATIENCE;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    /** Connects as a stream, and sends so many descriptors with each byte, as fast as it can. */
    private static SecondProcess descriptorSender(UnixAddress address, int each)
            throws IOException {
        String script =
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                s.connect(sys.argv[1])
                try:
                    while True:
                        socket.send_fds(s, [b"x"], [0] * int(sys.argv[2]))
                except OSError:
                    print("refused", flush=True)
                """;
        return SecondProcess.program(
                "python3", "-c", script, address.toString(), Integer.toString(each));
    }

    @Test
    @Tag("cross-process")
    void descriptorsThatNobodyAskedForAreClosed() throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess child = descriptorSender(address, 50);
                UnixSocketChannel channel = server.accept(PATIENCE)) {
            byte[] target = new byte[8];
            MessageInfo none = new MessageInfo();
            long before = descriptors();
            for (int i = 0; i < 1_000; i++) {
                assertThat(channel.read(target)).isPositive();
                assertThat(channel.read(MemorySegment.ofArray(target), none)).isPositive();
                assertThat(none.descriptorCount()).isZero();
                assertThat(none.areDescriptorsLost()).isTrue();
            }
            assertThat(descriptors()).isLessThanOrEqualTo(before);
            channel.shutdownInput();
            assertThat(child.readLine()).isEqualTo("refused");
        }
    }

    @Test
    @Tag("cross-process")
    void moreDescriptorsThanWereAskedForAreAllClosedAndTheBytesAreThere() throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SecondProcess child = descriptorSender(address, 6);
                UnixSocketChannel channel = server.accept(PATIENCE)) {
            byte[] target = new byte[8];
            MessageInfo info = MessageInfo.forDescriptors(5);
            long before = descriptors();
            for (int i = 0; i < 1_000; i++) {
                target[0] = 0;
                assertThatThrownBy(() -> channel.read(MemorySegment.ofArray(target), info))
                        .isInstanceOf(IpcException.class)
                        .hasMessageContaining("all are closed");
                assertThat(target[0]).isEqualTo((byte) 'x');
                assertThat(info.descriptorCount()).isZero();
            }
            assertThat(descriptors()).isLessThanOrEqualTo(before);
            MessageInfo enough = MessageInfo.forDescriptors(6);
            assertThat(channel.read(MemorySegment.ofArray(target), enough)).isOne();
            assertThat(enough.descriptorCount()).isEqualTo(6);
            enough.closeDescriptors();
            channel.close();
            assertThat(child.readLine()).isEqualTo("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOCK_DGRAM", "SOCK_SEQPACKET"})
    @Tag("cross-process")
    void garbageOfAnyLengthIsReceivedOrToldToBeCut(String type) throws Exception {
        String script =
                """
                import os, random, socket, sys
                s = socket.socket(socket.AF_UNIX, getattr(socket, sys.argv[2]))
                s.connect(sys.argv[1])
                sizes = [random.choice((1, 7, 63, 64, 65, 4000, 150000)) for i in range(500)]
                print(*sizes, flush=True)
                for size in sizes:
                    s.send(os.urandom(size))
                """;
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        boolean connects = type.equals("SOCK_SEQPACKET");
        try (UnixSeqPacketServerChannel server =
                        connects ? UnixSeqPacketServerChannel.bind(address) : null;
                UnixMessageChannel bound = connects ? null : UnixDatagramChannel.bind(address);
                SecondProcess child =
                        SecondProcess.program("python3", "-c", script, address.toString(), type);
                UnixMessageChannel accepted = server == null ? null : server.accept(PATIENCE)) {
            UnixMessageChannel receiver = accepted == null ? bound : accepted;
            MessageInfo info = new MessageInfo();
            MemorySegment target = MemorySegment.ofArray(new byte[64]);
            String[] sizes = child.readLine().split(" ", -1);
            for (int i = 0; i < sizes.length; i++) {
                int size = Integer.parseInt(sizes[i]);
                if (i % 2 == 0) {
                    assertThat(receiver.receive(target, info)).isEqualTo(Math.min(size, 64));
                    assertThat(info.length()).isEqualTo(size);
                    assertThat(info.isTruncated()).isEqualTo(size > 64);
                } else if (size > 64) {
                    assertThatThrownBy(() -> receiver.receive(target))
                            .isInstanceOf(IpcException.class)
                            .hasMessageContaining("has " + size + " bytes");
                } else {
                    assertThat(receiver.receive(target)).isEqualTo(size);
                }
            }
            assertThat(child.exitCode()).isZero();
        }
    }

    /** Without a byte, and from a peer that is gone when it is looked at. */
    @Test
    void anEmptyRecordWithADescriptorIsNoEnd() throws Exception {
        MemorySegment nothing = MemorySegment.ofArray(new byte[0]);
        MemorySegment target = MemorySegment.ofArray(new byte[8]);
        MessageInfo info = MessageInfo.forDescriptors(1);
        try (SocketPair<UnixSeqPacketChannel> pair = UnixSeqPacketChannel.pair()) {
            pair.second().send(nothing, Envelope.of(pair.first()));
            pair.second().send(nothing, Envelope.of(pair.first(), pair.first()));
            pair.second().close();
            assertThat(pair.first().receive(target, info)).isZero();
            assertThat(info.descriptorCount()).isOne();
            assertThatThrownBy(() -> pair.first().receive(target, info))
                    .hasMessageContaining("more than the 1 descriptors");
            assertThat(pair.first().receive(target, info)).isEqualTo(Ipc.EOF);
            assertThat(info.descriptorCount()).isZero();
        }
    }

    /** The kernel frees what nobody can reach any more when another socket is closed. */
    @Test
    void socketsPassedOverThemselvesAreNotKeptForEver() throws Exception {
        MemorySegment message = MemorySegment.ofArray(new byte[1]);
        for (int round = 0; round < 5; round++) {
            try (AnonymousPipe pipe = AnonymousPipe.open()) {
                try (SocketPair<UnixSocketChannel> loop = UnixSocketChannel.pair()) {
                    Envelope itself = Envelope.of(loop.first(), loop.second(), pipe.sink());
                    loop.first().write(message, itself);
                    loop.second().write(message, itself);
                }
                pipe.sink().close();
                await().pollInterval(Duration.ofMillis(2))
                        .atMost(PATIENCE)
                        .until(
                                () -> {
                                    UnixSocketChannel.pair().close();
                                    return pipe.source().tryRead(new byte[1]) == Ipc.EOF;
                                });
            }
        }
    }

    @Test
    @Tag("cross-process")
    void tooManyDescriptorsOnTheirWayAreRefusedWithTheLimitsName() throws Exception {
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                user.javaCommand(InFlightChildren.SendsUntilRefused.class))) {
            assertThat(child.readLine()).isEqualTo("stream send ETOOMANYREFS RLIMIT_NOFILE 200");
            assertThat(child.readLine()).isEqualTo("record send ETOOMANYREFS RLIMIT_NOFILE 200");
            assertThat(child.readLine()).isEqualTo("and when some were received it goes on");
            assertThat(child.exitCode()).isZero();
        }
    }

    /** Bytes of a peer's that are no text must not become an error of ours. */
    @Test
    void anythingCanBeTheNameOfASender() throws Exception {
        Random random = new Random(17);
        UnixAddress own = UnixAddress.of(folder.resolve("receiver"));
        MemorySegment message = MemorySegment.ofArray(new byte[1]);
        MessageInfo info = new MessageInfo();
        try (UnixDatagramChannel receiver = UnixDatagramChannel.bind(own)) {
            for (int length = 1; length <= UnixAddress.MAX_NAME; length++) {
                byte[] name = new byte[length];
                random.nextBytes(name);
                UnixAddress hostile = UnixAddress.ofAbstract(name);
                try (UnixDatagramChannel sender = UnixDatagramChannel.bind(hostile)) {
                    sender.send(message, Envelope.to(own));
                    receiver.receive(message, info);
                    assertThat(info.sender()).isEqualTo(hostile).hasToString(hostile.toString());
                    receiver.send(message, Envelope.to(info.sender()));
                    assertThat(sender.receive(message)).isOne();
                }
            }
        }
    }

    @Test
    void theLongestPathCanBeThatOfASender() throws Exception {
        UnixAddress own = UnixAddress.of(folder.resolve("receiver"));
        MemorySegment message = MemorySegment.ofArray(new byte[1]);
        MessageInfo info = new MessageInfo();
        String path =
                folder + "/" + "p".repeat(UnixAddress.MAX_PATH - folder.toString().length() - 1);
        UnixAddress longest = UnixAddress.of(path);
        try (UnixDatagramChannel receiver = UnixDatagramChannel.bind(own);
                UnixDatagramChannel sender = UnixDatagramChannel.bind(longest)) {
            assertThat(longest.bytes()).hasSize(UnixAddress.MAX_PATH);
            sender.send(message, Envelope.to(own));
            receiver.receive(message, info);
            assertThat(info.sender()).isEqualTo(longest);
            receiver.send(message, Envelope.to(info.sender()));
            assertThat(sender.receive(message)).isOne();
        }
    }

    /** Paths that are relative and not UTF-8, and an empty name. */
    @Test
    @Tag("cross-process")
    void anythingCanBeThePathOfASender() throws Exception {
        String script =
                """
                import os, socket, sys
                os.chdir(sys.argv[2])
                for path in (b"\\xff" * 12, b"\\xfe" * 107, b"a b\\n\\x01", b"\\0"):
                    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
                    s.bind(path)
                    s.sendto(path, sys.argv[1])
                    if path == b"\\0":
                        s.recv(1)
                """;
        UnixAddress own = UnixAddress.of(folder.resolve("receiver"));
        MemorySegment message = MemorySegment.ofArray(new byte[200]);
        MessageInfo info = new MessageInfo();
        try (UnixDatagramChannel receiver = UnixDatagramChannel.bind(own);
                SecondProcess child =
                        SecondProcess.program(
                                "python3", "-c", script, own.toString(), folder.toString())) {
            for (int i = 0; i < 3; i++) {
                int count = receiver.receive(message, info, PATIENCE);
                UnixAddress sender = info.sender();
                byte[] sent = message.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
                assertThat(sender).isEqualTo(UnixAddress.ofPath(sent));
                assertThat(sender.bytes()).isEqualTo(sent);
                assertThat(sender.toString()).isNotEmpty();
                assertThatThrownBy(() -> receiver.send(message, Envelope.to(sender)))
                        .isInstanceOf(NotFoundException.class); // from the folder that we are in
            }
            receiver.receive(message, info, PATIENCE);
            assertThat(info.sender()).isEqualTo(UnixAddress.ofAbstract(new byte[0]));
            receiver.send(message, Envelope.to(info.sender()));
            assertThat(child.exitCode()).isZero();
        }
    }
}
