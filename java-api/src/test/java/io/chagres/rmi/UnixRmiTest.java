// SPDX-License-Identifier: Apache-2.0
package io.chagres.rmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AlreadyExistsException;
import io.chagres.socket.BindOptions;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixServerChannel;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.ServerException;
import java.rmi.registry.Registry;
import java.rmi.server.ExportException;
import java.rmi.server.UnicastRemoteObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** RMI between two JVMs over Unix domain sockets, and nothing else. */
@Tag("native")
@Tag("cross-process")
class UnixRmiTest {

    private static final String LISTENING = "0A";

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    /** What the client calls. */
    public interface Greeter extends Remote {
        String greet(String name, Listener listener) throws RemoteException;
    }

    /** What the server calls back. */
    public interface Listener extends Remote {
        int heard(String text) throws RemoteException;
    }

    @Test
    void twoJvmsCallEachOtherAndNeitherListensOnATcpPort() throws Exception {
        Path server = folder.resolve("server");
        Path client = folder.resolve("client");
        try (SecondProcess first = SecondProcess.java(Server.class, server.toString())) {
            assertThat(first.readLine()).isEqualTo("ready");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server)))
                    .isEqualTo("rw-------");
            try (SecondProcess second =
                    SecondProcess.java(Client.class, server.toString(), client.toString())) {
                assertThat(second.readLine()).isEqualTo("heard hello, world");
                assertThat(second.readLine()).isEqualTo("greeted hello, world (42)");
                assertThat(second.readLine()).startsWith("refused java.rmi.AccessException");
                assertThat(listeningOnTcp(first.pid())).isEmpty();
                assertThat(listeningOnTcp(second.pid())).isEmpty();
                second.writeLine("end");
                assertThat(second.exitCode()).isZero();
            }
            first.writeLine("end");
            assertThat(first.exitCode()).isZero();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aListeningTcpSocketWouldBeSeen() throws Exception {
        try (SecondProcess tcp = SecondProcess.java(ListensOnTcp.class)) {
            assertThat(tcp.readLine()).isEqualTo("ready");
            assertThat(listeningOnTcp(tcp.pid())).hasSize(1);
        }
    }

    @Test
    void aPathThatSomebodyHasIsAnExportException() throws Exception {
        Path path = folder.resolve("taken");
        try (UnixServerChannel taken = UnixServerChannel.bind(UnixAddress.of(path))) {
            assertThatThrownBy(() -> UnixRmi.at(path).export(new HearsNothing()))
                    .isInstanceOf(ExportException.class)
                    .hasRootCauseInstanceOf(AlreadyExistsException.class);
            assertThat(taken.isOpen()).isTrue();
        }
    }

    @Test
    void thePathGoesWithTheLastObjectAndCanBeUsedAgain() throws Exception {
        Path path = folder.resolve("again");
        UnixRmi rmi = UnixRmi.at(path);
        for (int i = 0; i < 2; i++) {
            Listener first = new HearsNothing();
            Listener second = new HearsNothing();
            rmi.export(first);
            rmi.export(second);
            UnicastRemoteObject.unexportObject(first, true);
            assertThat(path).exists();
            UnicastRemoteObject.unexportObject(second, true);
            assertThat(path).doesNotExist();
        }
    }

    @Test
    void factoriesOfOnePathAreEqualAlsoAfterAJourney() throws Exception {
        Path path = folder.resolve("x");
        UnixRmi rmi = UnixRmi.at(path);
        UnixRmiClientSocketFactory factory = rmi.clientSocketFactory();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(factory);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(factory).hasSameHashCodeAs(factory);
        }
        assertThat(rmi).isEqualTo(UnixRmi.at(path)).isNotEqualTo(UnixRmi.at(folder.resolve("y")));
        assertThat(rmi.serverSocketFactory())
                .isNotEqualTo(new UnixRmiServerSocketFactory(path, BindOptions.defaults()));
        assertThat(new UnixRmiClientSocketFactory(Path.of("relative")).toString())
                .contains(Path.of("relative").toAbsolutePath().toString());
        assertThatThrownBy(() -> UnixRmi.at(folder.resolve("x".repeat(120))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The inodes of the sockets that a process listens with on TCP. */
    private static Set<String> listeningOnTcp(long pid) throws IOException {
        Set<String> listening = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path path = Path.of("/proc", Long.toString(pid), "net", table);
            if (Files.exists(path)) { // as it does not without IPv6
                for (String line : Files.readAllLines(path)) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields[3].equals(LISTENING)) {
                        listening.add("socket:[" + fields[9] + "]");
                    }
                }
            }
        }
        Set<String> own = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path each : descriptors.toList()) {
                try {
                    own.add(Files.readSymbolicLink(each).toString());
                } catch (NoSuchFileException e) {
                    // closed meanwhile, or that of this listing
                }
            }
        }
        own.retainAll(listening);
        return own;
    }

    private static final class HearsNothing implements Listener {
        @Override
        public int heard(String text) {
            return 0;
        }
    }

    /** What must be found. */
    static final class ListensOnTcp {
        public static void main(String[] args) throws Exception {
            try (ServerSocket tcp = new ServerSocket(0)) {
                System.out.println(tcp.isBound() ? "ready" : "failed");
                System.in.read();
            }
        }
    }

    /** From now on whoever makes a TCP socket fails, also for a moment. */
    @SuppressWarnings("deprecation") // there is no other way
    private static void forbidTcp() throws IOException {
        ServerSocket.setSocketFactory(
                () -> {
                    throw new IllegalStateException("a TCP server socket");
                });
        Socket.setSocketImplFactory(
                () -> {
                    throw new IllegalStateException("a TCP socket");
                });
    }

    /** Greets, and tells whom it is told to. */
    static final class Server implements Greeter {

        @Override
        public String greet(String name, Listener listener) throws RemoteException {
            String text = "hello, " + name;
            return text + " (" + listener.heard(text) + ")";
        }

        public static void main(String[] args) throws Exception {
            forbidTcp();
            UnixRmi rmi = UnixRmi.at(Path.of(args[0]));
            Registry registry = rmi.createRegistry();
            Greeter greeter = new Server();
            registry.bind("greeter", rmi.export(greeter));
            System.out.println("ready");
            System.in.read();
            UnicastRemoteObject.unexportObject(greeter, true);
            UnicastRemoteObject.unexportObject(registry, true);
        }
    }

    /** Is greeted, and hears of it. */
    static final class Client implements Listener {

        @Override
        public int heard(String text) {
            System.out.println("heard " + text);
            return 42;
        }

        public static void main(String[] args) throws Exception {
            forbidTcp();
            Registry registry = UnixRmi.registry(Path.of(args[0]));
            Greeter greeter = (Greeter) registry.lookup("greeter");
            Client client = new Client();
            Listener stub = (Listener) UnixRmi.at(Path.of(args[1])).export(client);
            System.out.println("greeted " + greeter.greet("world", stub));
            try {
                registry.bind("other", stub);
                System.out.println("bound");
            } catch (ServerException e) {
                System.out.println("refused " + e.getCause());
            }
            System.in.read();
            UnicastRemoteObject.unexportObject(client, true);
        }
    }
}
