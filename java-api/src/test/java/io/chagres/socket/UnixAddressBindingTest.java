// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AlreadyExistsException;
import io.chagres.MessageInfo;
import io.chagres.NotFoundException;
import io.chagres.socket.UnixAddress.Kind;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of every kind, bound and connected to. */
@Tag("native")
class UnixAddressBindingTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    /** The JDK keeps a descriptor of its own from its first socket on. */
    @BeforeAll
    static void useTheJdksOnce() throws Exception {
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
    }

    /** A server of each type there, messages through it, and what everybody says of the address. */
    private static void worksEndToEnd(UnixAddress address) throws Exception {
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                UnixSocketChannel client =
                        UnixSocketChannel.connect(address, UnixStreams.PATIENCE);
                UnixSocketChannel accepted = server.accept(UnixStreams.PATIENCE)) {
            client.write(new byte[] {1, 2});
            assertThat(accepted.readFully(new byte[2])).isEqualTo(2);
            assertThat(server.localAddress()).isEqualTo(address);
            assertThat(accepted.localAddress()).isEqualTo(address);
            assertThat(client.remoteAddress()).isEqualTo(address);
            assertThat(client.localAddress()).isEqualTo(UnixAddress.unnamed());
            assertThat(accepted.remoteAddress()).isEqualTo(UnixAddress.unnamed());
            assertThat(server.toString()).contains(address.toString());
        }
        try (UnixDatagramChannel receiver = UnixDatagramChannel.bind(address);
                UnixDatagramChannel sender = UnixDatagramChannel.open()) {
            sender.send(UnixMessages.segment("to it"), Envelope.to(address));
            assertThat(new UnixMessages(sender, receiver).receive()).isEqualTo("to it");
            try (UnixDatagramChannel other = UnixDatagramChannel.open()) {
                MessageInfo info = new MessageInfo();
                other.connect(address).send(UnixMessages.segment("x"));
                assertThat(new UnixMessages(other, receiver).receive(info)).isEqualTo("x");
                assertThat(info.sender()).isEqualTo(UnixAddress.unnamed());
                assertThat(other.remoteAddress()).isEqualTo(address);
            }
        }
        sendsFrom(address);
    }

    private static void sendsFrom(UnixAddress address) throws Exception {
        UnixAddress to = UnixAddress.ofAbstract(TestNames.posix());
        try (UnixDatagramChannel receiver = UnixDatagramChannel.bind(to);
                UnixDatagramChannel sender = UnixDatagramChannel.bind(address)) {
            MessageInfo info = new MessageInfo();
            sender.connect(to).send(UnixMessages.segment("from it"));
            assertThat(new UnixMessages(sender, receiver).receive(info)).isEqualTo("from it");
            assertThat(info.sender()).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 106, 107, 108})
    @Conforms("af_unix.bind/O11")
    void theLongestPathsWork(int length) throws Exception {
        String start = folder + "/";
        Path path = Path.of(start + "n".repeat(length - start.length()));
        UnixAddress address = UnixAddress.of(path);
        assertThat(address.bytes()).hasSize(length);
        try (UnixServerChannel server = UnixServerChannel.bind(address)) {
            assertThat(path).exists();
            assertThat(server.localAddress()).isEqualTo(address);
        }
        assertThat(path).doesNotExist();
        worksEndToEnd(address);
        try (UnixSeqPacketServerChannel server = UnixSeqPacketServerChannel.bind(address)) {
            assertThat(server.localAddress()).isEqualTo(address);
        }
    }

    @Test
    void aStaleSocketOfTheLongestPathIsReplaced() throws Exception {
        String start = folder + "/";
        UnixAddress address = UnixAddress.of(start + "n".repeat(108 - start.length()));
        BindOptions leaves = BindOptions.defaults().withUnlinkOnClose(false);
        UnixServerChannel.bind(address, leaves).close();
        worksEndToEnd(address);
    }

    @Test
    void spacesAndUnicodeInAPathWork() throws Exception {
        Path spaced = Files.createDirectory(folder.resolve("a folder"));
        worksEndToEnd(UnixAddress.of(spaced.resolve(" a socket ")));
        worksEndToEnd(UnixAddress.of(folder.resolve("söcket-é-\u4e16")));
    }

    @Test
    void aRelativePathIsSeenFromWhereTheJvmWasStarted() throws Exception {
        Path relative = Path.of("target", TestNames.posix().substring(1));
        UnixAddress address = UnixAddress.of(relative);
        worksEndToEnd(address);
        try (UnixServerChannel server = UnixServerChannel.bind(address)) {
            assertThat(relative.toAbsolutePath()).exists();
            assertThat(server.localAddress().path()).contains(relative);
        }
        assertThat(relative).doesNotExist();
    }

    @Test
    void aPathThatIsNotUtf8IsConnectedToAndNotBound() throws Exception {
        byte[] name = (folder + "/x?").getBytes(UTF_8);
        name[name.length - 1] = (byte) 0xff;
        UnixAddress address = UnixAddress.ofPath(name);
        assertThatThrownBy(() -> UnixServerChannel.bind(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> UnixSocketChannel.connect(address, UnixStreams.PATIENCE))
                .isInstanceOf(NotFoundException.class);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    @Conforms("af_unix.abstract/O19")
    void anAbstractNameWorksAndMakesNoFile() throws Exception {
        String name = TestNames.posix().substring(1);
        worksEndToEnd(UnixAddress.ofAbstract(name));
        try (UnixServerChannel server = UnixServerChannel.bind(UnixAddress.ofAbstract(name))) {
            assertThat(Path.of(name)).doesNotExist();
            assertThat(server.localAddress().path()).isEmpty();
        }
    }

    @Test
    @Conforms("af_unix.abstract/O20")
    void everyByteOfAnAbstractNameCounts() throws Exception {
        byte[] mark = TestNames.posix().getBytes(UTF_8);
        byte[] longest = Arrays.copyOf(mark, UnixAddress.MAX_NAME);
        Arrays.fill(longest, mark.length, longest.length, (byte) 0xfe);
        byte[] inner = Arrays.copyOf(mark, mark.length + 5);
        inner[mark.length + 2] = 'x';
        byte[] leading = new byte[mark.length + 2];
        System.arraycopy(mark, 0, leading, 2, mark.length);
        for (byte[] name : List.of(longest, inner, leading, Arrays.copyOf(mark, 106))) {
            worksEndToEnd(UnixAddress.ofAbstract(name));
        }
    }

    @Test
    @Conforms("af_unix.abstract/O21")
    void abstractNamesThatDifferByTrailingNulsAreDifferentSockets() throws Exception {
        String name = TestNames.posix();
        List<UnixServerChannel> servers = new ArrayList<>();
        try {
            for (int nuls = 0; nuls < 4; nuls++) {
                UnixAddress address = UnixAddress.ofAbstract(name + "\0".repeat(nuls));
                servers.add(UnixServerChannel.bind(address));
            }
            for (int nuls = 0; nuls < 4; nuls++) {
                UnixAddress address = UnixAddress.ofAbstract(name + "\0".repeat(nuls));
                try (UnixSocketChannel client =
                                UnixSocketChannel.connect(address, UnixStreams.PATIENCE);
                        UnixSocketChannel accepted = servers.get(nuls).tryAccept().orElseThrow()) {
                    assertThat(client.remoteAddress()).isEqualTo(address);
                    assertThat(accepted.localAddress()).isEqualTo(address);
                }
            }
        } finally {
            for (UnixServerChannel each : servers) {
                each.close();
            }
        }
    }

    @Test
    @Conforms("af_unix.abstract/O25")
    void anAbstractNameThatLivesIsInUseAndFreeAfterwards() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        try (UnixServerChannel server = UnixServerChannel.bind(address)) {
            assertThatThrownBy(() -> UnixServerChannel.bind(address))
                    .isInstanceOfSatisfying(
                            AlreadyExistsException.class,
                            e -> {
                                assertThat(e.operation()).isEqualTo("bind");
                                assertThat(e.objectName()).isEqualTo(address.toString());
                                assertThat(e.symbol()).isEqualTo("EADDRINUSE");
                            });
            assertThat(server.isOpen()).isTrue();
        }
        UnixServerChannel.bind(address).close();
    }

    @Test
    @Conforms("af_unix.abstract/O26")
    void whoAsksForNoAddressGetsAnAbstractOneOfItsOwn() throws Exception {
        UnixAddress none = UnixAddress.of(UnixDomainSocketAddress.of(""));
        try (UnixServerChannel first = UnixServerChannel.bind(none);
                UnixServerChannel second = UnixServerChannel.bind(none);
                UnixDatagramChannel third = UnixDatagramChannel.bind(UnixAddress.unnamed())) {
            UnixAddress address = first.localAddress();
            assertThat(List.of(address, second.localAddress(), third.localAddress()))
                    .doesNotHaveDuplicates()
                    .allMatch(each -> each.kind() == Kind.ABSTRACT)
                    .allMatch(each -> each.bytes().length == 5);
            assertThat(first.toString()).contains(address.toString());
            UnixSocketChannel.connect(address, UnixStreams.PATIENCE).close();
        }
    }

    @Test
    @Conforms("af_unix.bind/O3")
    void aClientThatAsksForNoAddressHasNone() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                UnixSocketChannel client = UnixSocketChannel.connect(address);
                UnixSocketChannel accepted = server.accept();
                UnixDatagramChannel datagrams = UnixDatagramChannel.open()) {
            assertThat(client.localAddress()).isEqualTo(UnixAddress.unnamed());
            assertThat(accepted.remoteAddress()).isEqualTo(UnixAddress.unnamed());
            assertThat(datagrams.localAddress()).isEqualTo(UnixAddress.unnamed());
        }
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            assertThat(pair.first().localAddress()).isEqualTo(UnixAddress.unnamed());
            assertThat(pair.first().remoteAddress()).isEqualTo(UnixAddress.unnamed());
        }
    }

    @Test
    void aClientsOwnAddressIsSeenByTheServer() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        UnixAddress own = UnixAddress.of(folder.resolve("client"));
        BindOptions options = BindOptions.defaults();
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                UnixSocketChannel client =
                        UnixSocketChannel.connect(address, own, options, UnixStreams.PATIENCE);
                UnixSocketChannel accepted = server.accept()) {
            assertThat(accepted.remoteAddress()).isEqualTo(own);
            assertThat(client.localAddress()).isEqualTo(own);
            assertThat(folder.resolve("client")).exists();
            assertThatThrownBy(
                            () ->
                                    UnixSocketChannel.connect(
                                            address, own, options, UnixStreams.PATIENCE))
                    .isInstanceOf(AlreadyExistsException.class);
        }
        assertThat(folder.resolve("client")).doesNotExist();
    }

    @Test
    void theJdksChannelsConnectToThisAndTheOtherWayRound() throws Exception {
        UnixDomainSocketAddress jdks = UnixDomainSocketAddress.of(folder.resolve("mine"));
        ByteBuffer one = ByteBuffer.allocate(1);
        try (UnixServerChannel server = UnixServerChannel.bind(UnixAddress.of(jdks));
                SocketChannel client = SocketChannel.open(server.localAddress().toSocketAddress());
                UnixSocketChannel accepted = server.accept(UnixStreams.PATIENCE)) {
            client.write(ByteBuffer.wrap(new byte[] {7}));
            assertThat(accepted.read(one)).isEqualTo(1);
        }
        Path path = folder.resolve("theirs");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            UnixAddress address =
                    UnixAddress.of((UnixDomainSocketAddress) server.getLocalAddress());
            try (UnixSocketChannel client = UnixSocketChannel.connect(address);
                    SocketChannel accepted = server.accept()) {
                client.write(new byte[] {7});
                assertThat(accepted.read(one.clear())).isEqualTo(1);
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
