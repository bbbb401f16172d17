// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connecting to what is not there, not alive, not allowed, or something else. */
@Tag("native")
class UnixConnectTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private interface Call {
        void run() throws Exception;
    }

    /** Each way of connecting, which fails alike. */
    private static void fails(UnixAddress to, Class<? extends IpcException> how, String symbol) {
        for (Call each :
                List.<Call>of(
                        () -> UnixSocketChannel.connect(to),
                        () -> UnixSocketChannel.connect(to, UnixStreams.PATIENCE),
                        () -> UnixSocketChannel.connect(to, UnixStreams.SHORT.negated()),
                        () -> UnixSeqPacketChannel.connect(to),
                        () -> UnixSeqPacketChannel.connect(to, UnixStreams.PATIENCE))) {
            assertThatThrownBy(each::run)
                    .isInstanceOf(how)
                    .isInstanceOfSatisfying(
                            IpcException.class,
                            e -> {
                                assertThat(e.operation()).isEqualTo("connect");
                                assertThat(e.objectName()).isEqualTo(to.toString());
                                assertThat(e.symbol()).isEqualTo(symbol);
                                assertThat(e.getMessage()).contains("connect", symbol);
                            });
        }
    }

    @Test
    @Conforms("af_unix.connect/O29")
    void whatIsMissingIsNotFound() throws Exception {
        UnixAddress missing = UnixAddress.of(folder.resolve("missing"));
        fails(missing, NotFoundException.class, "ENOENT");
        fails(UnixAddress.of(folder.resolve("no/folder")), NotFoundException.class, "ENOENT");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("missing"));
        fails(UnixAddress.of(link), NotFoundException.class, "ENOENT");
        Files.delete(link);
    }

    @Test
    @Conforms("af_unix.connect/O30")
    void whereNobodyListensItIsRefused() throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("socket"));
        BindOptions leaves = BindOptions.defaults().withUnlinkOnClose(false);
        UnixServerChannel.bind(address, leaves).close();
        assertThat(folder.resolve("socket")).exists();
        fails(address, PeerGoneException.class, "ECONNREFUSED");
        Path file = Files.createFile(folder.resolve("file"));
        fails(UnixAddress.of(file), PeerGoneException.class, "ECONNREFUSED");
        fails(UnixAddress.of(folder), PeerGoneException.class, "ECONNREFUSED");
        fails(UnixAddress.ofAbstract(TestNames.posix()), PeerGoneException.class, "ECONNREFUSED");
        assertThatThrownBy(() -> UnixSocketChannel.connect(address))
                .hasMessageContaining("nobody listens there");
    }

    @Test
    @Conforms("af_unix.connect/O31")
    void aServerThatWasClosedIsNotFoundOrRefuses() throws Exception {
        UnixAddress path = UnixAddress.of(folder.resolve("socket"));
        UnixAddress name = UnixAddress.ofAbstract(TestNames.posix());
        UnixServerChannel.bind(path).close();
        UnixServerChannel.bind(name).close();
        fails(path, NotFoundException.class, "ENOENT");
        fails(name, PeerGoneException.class, "ECONNREFUSED");
    }

    @Test
    void whoWaitsInTheBacklogOfAServerThatIsClosedIsTold() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        UnixServerChannel server = UnixServerChannel.bind(address);
        try (UnixSocketChannel client = UnixSocketChannel.connect(address)) {
            server.close();
            assertThatThrownBy(() -> client.read(new byte[1]))
                    .isInstanceOf(PeerGoneException.class)
                    .hasMessageContaining("ECONNRESET");
            assertThatThrownBy(() -> client.write(new byte[1]))
                    .isInstanceOf(PeerGoneException.class);
        }
    }

    @Test
    void aSocketOfAnotherTypeIsTold() throws Exception {
        UnixAddress datagrams = UnixAddress.of(folder.resolve("datagrams"));
        UnixAddress packets = UnixAddress.ofAbstract(TestNames.posix());
        UnixAddress stream = UnixAddress.ofAbstract(TestNames.posix());
        try (UnixDatagramChannel first = UnixDatagramChannel.bind(datagrams);
                UnixSeqPacketServerChannel second = UnixSeqPacketServerChannel.bind(packets);
                UnixServerChannel third = UnixServerChannel.bind(stream)) {
            fails(datagrams, IpcException.class, "EPROTOTYPE");
            assertThatThrownBy(() -> UnixSocketChannel.connect(datagrams))
                    .hasMessageContaining("of another type");
            assertThatThrownBy(() -> UnixSocketChannel.connect(packets))
                    .isInstanceOf(IpcException.class);
            assertThatThrownBy(() -> UnixSeqPacketChannel.connect(stream))
                    .isInstanceOf(IpcException.class);
            assertThat(second.tryAccept()).isEmpty();
            assertThat(third.tryAccept()).isEmpty();
            assertThat(first.isOpen()).isTrue();
        }
    }

    @Test
    void noAddressIsRefusedBeforeTheCall() {
        for (Call each :
                List.<Call>of(
                        () -> UnixSocketChannel.connect(UnixAddress.unnamed()),
                        () -> UnixSeqPacketChannel.connect(UnixAddress.unnamed()))) {
            assertThatThrownBy(each::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aClientThatFailsLeavesNoPathBehind() {
        UnixAddress own = UnixAddress.of(folder.resolve("own"));
        UnixAddress missing = UnixAddress.of(folder.resolve("missing"));
        assertThatThrownBy(
                        () ->
                                UnixSocketChannel.connect(
                                        missing, own, BindOptions.defaults(), UnixStreams.PATIENCE))
                .isInstanceOf(NotFoundException.class);
        assertThat(folder.resolve("own")).doesNotExist();
    }

    @Test
    @Tag("cross-process")
    @Conforms("af_unix.connect/O33")
    void whoMayNotWriteToTheFileIsDenied() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Access read = Access.mode(Unprivileged.isRoot() ? 0644 : 0444);
        Access write = Access.mode(Unprivileged.isRoot() ? 0622 : 0222);
        for (boolean may : new boolean[] {false, true}) {
            Path path = folder.resolve("socket");
            BindOptions options = BindOptions.defaults().withAccess(may ? write : read);
            try (Unprivileged user = Unprivileged.create();
                    UnixServerChannel server =
                            UnixServerChannel.bind(UnixAddress.of(path), options);
                    SecondProcess child =
                            SecondProcess.command(
                                    user.javaCommand(Connects.class, path.toString()))) {
                assertThat(child.readLine())
                        .isEqualTo(
                                may
                                        ? "connected"
                                        : "AccessDeniedException connect " + path + " EACCES");
                assertThat(child.exitCode()).isZero();
                assertThat(server.tryAccept().map(UnixConnectTest::closed).isPresent())
                        .isEqualTo(may);
            }
        }
    }

    private static boolean closed(UnixSocketChannel channel) {
        try {
            channel.close();
            return true;
        } catch (IpcException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and says how it ends. */
    static final class Connects {
        public static void main(String[] args) throws Exception {
            try (UnixSocketChannel client = UnixSocketChannel.connect(UnixAddress.of(args[0]))) {
                System.out.println(client.isOpen() ? "connected" : "closed");
            } catch (IpcException e) {
                System.out.println(
                        String.join(
                                " ",
                                e.getClass().getSimpleName(),
                                e.operation(),
                                e.objectName(),
                                e.symbol()));
            }
        }
    }
}
