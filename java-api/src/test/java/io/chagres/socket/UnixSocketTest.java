// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AlreadyExistsException;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unix domain sockets as code sees them that knows {@link Socket} and {@link ServerSocket}. */
@Tag("native")
class UnixSocketTest {

    private static final int SHORT = 30;
    private static final int PATIENCE = 30_000;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private UnixAddress address = UnixAddress.unnamed();

    @BeforeEach
    void choose() {
        address = UnixAddress.of(folder.resolve("socket"));
    }

    private ServerSocket server() throws Exception {
        return UnixServerSocketFactory.at(address).createServerSocket(8080);
    }

    private Socket client() throws Exception {
        return UnixSocketFactory.to(address).createSocket("example.org", 80);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void streamsCarryBytesBothWays(Threads threads) throws Exception {
        byte[] content = new byte[1_000_003];
        new Random(3).nextBytes(content);
        try (ServerSocket server = server();
                Socket client = client();
                Socket accepted = server.accept()) {
            Caller<Long> echo =
                    Caller.start(
                            threads,
                            () -> {
                                long count =
                                        accepted.getInputStream()
                                                .transferTo(accepted.getOutputStream());
                                accepted.shutdownOutput();
                                return count;
                            });
            Caller<Boolean> writing =
                    Caller.start(
                            threads,
                            () -> {
                                OutputStream out = client.getOutputStream();
                                out.write(content[0]);
                                out.write(content, 1, content.length - 1);
                                client.shutdownOutput();
                                return client.isOutputShutdown();
                            });
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(content);
            assertThat(echo.result()).isEqualTo(content.length);
            assertThat(writing.result()).isTrue();
            assertThatThrownBy(client::getOutputStream).isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aReadAndAnAcceptEndAtTheirTimeout(Threads threads) throws Exception {
        try (ServerSocket server = server()) {
            server.setSoTimeout(SHORT);
            assertThatThrownBy(Caller.start(threads, server::accept)::result)
                    .hasCauseInstanceOf(SocketTimeoutException.class);
            server.setSoTimeout(PATIENCE);
            try (Socket client = client();
                    Socket accepted = server.accept()) {
                client.setSoTimeout(SHORT);
                assertThat(client.getSoTimeout()).isEqualTo(SHORT);
                long start = System.nanoTime();
                assertThatThrownBy(
                                Caller.start(threads, () -> client.getInputStream().read())::result)
                        .cause()
                        .isInstanceOf(SocketTimeoutException.class)
                        .hasMessage("Read timed out");
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT * 1_000_000L);
                accepted.getOutputStream().write(200);
                client.setSoTimeout(PATIENCE);
                assertThat(client.getInputStream().read()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void closeWakesWhoWaits(Threads threads) throws Exception {
        ServerSocket server = server();
        Socket client = client();
        try (Socket accepted = server.accept()) {
            Caller<Integer> reading =
                    Caller.start(threads, () -> client.getInputStream().read()).awaitBlocked();
            client.close();
            assertThatThrownBy(reading::result)
                    .cause()
                    .isInstanceOf(SocketException.class)
                    .hasMessage("Socket closed");
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            Caller<Integer> writing =
                    Caller.start(
                            threads,
                            () -> {
                                accepted.getOutputStream().write(new byte[1 << 22]);
                                return 0;
                            });
            assertThatThrownBy(writing::result).hasCauseInstanceOf(SocketException.class);
        }
        Caller<Socket> accepting = Caller.start(threads, server::accept);
        server.close();
        assertThatThrownBy(accepting::result)
                .cause()
                .isInstanceOf(SocketException.class)
                .hasMessage("Socket closed");
        assertThat(client.isClosed() && server.isClosed()).isTrue();
        assertThatThrownBy(client::getInputStream).isInstanceOf(SocketException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptEndsAReadAndKeepsStatusAndSocket(Threads threads) throws Exception {
        try (ServerSocket server = server();
                Socket client = client();
                Socket accepted = server.accept()) {
            for (int timeout : new int[] {0, PATIENCE}) {
                client.setSoTimeout(timeout);
                Caller<Boolean> reading =
                        Caller.start(
                                        threads,
                                        () -> {
                                            try {
                                                client.getInputStream().read();
                                                return false;
                                            } catch (InterruptedIOException e) {
                                                return Thread.interrupted();
                                            }
                                        })
                                .awaitBlocked();
                reading.interrupt();
                assertThat(reading.result()).isTrue();
            }
            accepted.getOutputStream().write(7);
            assertThat(client.getInputStream().available()).isEqualTo(1);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptAmidAWriteTellsHowManyBytesWent(Threads threads) throws Exception {
        int size = 1 << 22;
        try (ServerSocket server = server();
                Socket client = client();
                Socket accepted = server.accept()) {
            Caller<Integer> writing =
                    Caller.start(
                                    threads,
                                    () -> {
                                        try {
                                            client.getOutputStream().write(new byte[size]);
                                            return -1;
                                        } catch (InterruptedIOException e) {
                                            return e.bytesTransferred;
                                        }
                                    })
                            .awaitBlocked();
            writing.interrupt();
            int count = writing.result();
            assertThat(count).isBetween(1, size - 1);
            client.close();
            assertThat(accepted.getInputStream().readAllBytes()).hasSize(count);
        }
    }

    @Test
    void theEndOfInputCanBeChosen() throws Exception {
        try (ServerSocket server = server();
                Socket client = client();
                Socket accepted = server.accept()) {
            var in = client.getInputStream();
            client.shutdownInput();
            assertThat(client.isInputShutdown()).isTrue();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.available()).isZero();
            assertThatThrownBy(client::getInputStream).isInstanceOf(SocketException.class);
            assertThatThrownBy(client::shutdownInput).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> accepted.getOutputStream().write(1))
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aFactorysSocketsConnectToItsAddressWhateverTheyAreTold() throws Exception {
        SocketFactory factory = UnixSocketFactory.to(address);
        ServerSocketFactory servers = UnixServerSocketFactory.at(address);
        InetAddress any = InetAddress.getLoopbackAddress();
        try (ServerSocket server = servers.createServerSocket();
                Socket unconnected = factory.createSocket()) {
            assertThat(unconnected.isConnected() || server.isBound()).isFalse();
            server.bind(new InetSocketAddress(any, 0));
            unconnected.connect(new InetSocketAddress(any, 1), PATIENCE);
            server.accept().close();
            assertThat(unconnected.getInputStream().read()).isEqualTo(-1);
            try (Socket a = factory.createSocket("x", 1);
                    Socket b = factory.createSocket("x", 1, any, 2);
                    Socket c = factory.createSocket(any, 1);
                    Socket d = factory.createSocket(any, 1, any, 2)) {
                for (Socket each : new Socket[] {a, b, c, d}) {
                    try (Socket accepted = server.accept()) {
                        accepted.getOutputStream().write("hi".getBytes(UTF_8));
                        assertThat(each.getInputStream().readNBytes(2))
                                .isEqualTo("hi".getBytes(UTF_8));
                    }
                }
            }
        }
    }

    @Test
    void withoutAFactoryTheAddressIsTheJdksOwn() throws Exception {
        UnixDomainSocketAddress path = address.toSocketAddress();
        try (UnixServerSocket server = new UnixServerSocket(BindOptions.defaults());
                UnixSocket client = new UnixSocket()) {
            assertThatThrownBy(() -> server.bind(new InetSocketAddress(0)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> client.connect(new InetSocketAddress(0)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(server::accept).isInstanceOf(SocketException.class);
            assertThatThrownBy(client::getInputStream).isInstanceOf(SocketException.class);
            server.bind(path, 5);
            client.connect(path);
            assertThatThrownBy(() -> client.connect(path)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> server.bind(path)).isInstanceOf(SocketException.class);
            try (UnixSocket accepted = server.accept()) {
                assertThat(accepted.channel().peerCredentials()).isEqualTo(PeerCredentials.own());
                assertThat(client.getRemoteSocketAddress()).isEqualTo(path);
                assertThat(accepted.getLocalSocketAddress()).isEqualTo(path);
                assertThat(server.getLocalSocketAddress()).isEqualTo(path);
                assertThat(accepted.getInetAddress().isLoopbackAddress()).isTrue();
                assertThat(accepted.toString()).contains(path.toString());
            }
        }
    }

    @Test
    void failuresAreThoseThatCodeForSocketsKnows() throws Exception {
        assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
        try (ServerSocket server = server()) {
            assertThatThrownBy(this::server)
                    .isInstanceOf(BindException.class)
                    .hasCauseInstanceOf(AlreadyExistsException.class);
            assertThat(server.isBound()).isTrue();
        }
        UnixServerSocketFactory small =
                UnixServerSocketFactory.at(address, BindOptions.defaults().withBacklog(0));
        try (ServerSocket server = small.createServerSocket(0, 0);
                Socket first = client();
                Socket late = UnixSocketFactory.to(address).createSocket()) {
            assertThatThrownBy(() -> late.connect(new InetSocketAddress(0), SHORT))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(first.isConnected() && !server.isClosed()).isTrue();
        }
        Socket closed = new UnixSocket();
        closed.close();
        assertThatThrownBy(() -> closed.connect(address.toSocketAddress()))
                .isInstanceOf(SocketException.class)
                .hasMessage("Socket closed");
    }

    @Test
    void optionsOfTcpAreTakenAndHaveNoEffect() throws Exception {
        try (ServerSocket server = server();
                Socket client = client()) {
            client.setTcpNoDelay(true);
            client.setKeepAlive(true);
            client.setSoLinger(true, 1);
            client.setReuseAddress(true);
            client.setTrafficClass(8);
            server.setReuseAddress(true);
            client.setSendBufferSize(100_000);
            assertThat(client.getSendBufferSize()).isGreaterThanOrEqualTo(100_000);
            assertThat(client.getOption(StandardSocketOptions.SO_SNDBUF))
                    .isEqualTo(client.getSendBufferSize());
            assertThatThrownBy(() -> client.getOption(StandardSocketOptions.TCP_NODELAY))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> client.sendUrgentData(1)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> client.setSoTimeout(-1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
