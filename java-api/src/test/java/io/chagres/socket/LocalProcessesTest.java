// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.chagres.Ipc;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Unprivileged;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Local servers and clients in processes of their own. */
@Tag("native")
@Tag("cross-process")
class LocalProcessesTest {

    private static final String NAME = "chagres-test_1.orders";

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    /** Of a short path, as that of a runtime directory is. */
    private Path runtime = Path.of("");

    @BeforeEach
    void make() throws IOException {
        runtime = Files.createTempDirectory("run");
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(runtime.resolve("chagres").resolve(NAME + ".sock"));
        Files.deleteIfExists(runtime.resolve("chagres"));
        Files.delete(runtime);
    }

    private SecondProcess start(Class<?> main, Object... arguments) throws IOException {
        String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        List<String> environment = List.of("env", "XDG_RUNTIME_DIR=" + runtime);
        return SecondProcess.command(
                SecondProcess.javaCommand(environment, List.of(), main, texts));
    }

    @ParameterizedTest
    @EnumSource(LocalMode.class)
    void twoProcessesOfAUserMeetByAShortName(LocalMode mode) throws Exception {
        try (SecondProcess client = start(Client.class, NAME, mode);
                SecondProcess server = start(Server.class, NAME, mode)) {
            // the client was started first, and waits
            assertThat(client.readLine()).isEqualTo("hello from " + server.pid());
            assertThat(server.readLine()).isEqualTo("client " + client.pid());
            Path folder = runtime.resolve("chagres");
            assertThat(Files.getPosixFilePermissions(folder))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(folder.resolve(NAME + ".sock")).exists();
            server.writeLine("end");
            assertThat(server.exitCode()).isZero();
            assertThat(client.readLine()).isEqualTo("end");
            assertThat(client.exitCode()).isZero();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void theNameOfAKilledServerIsTakenOver() throws Exception {
        try (SecondProcess server = start(Server.class, NAME, LocalMode.STREAM);
                SecondProcess client = start(Client.class, NAME, LocalMode.STREAM)) {
            assertThat(client.readLine()).isEqualTo("hello from " + server.pid());
            server.kill();
            assertThat(client.readLine()).isEqualTo("end");
        }
        assertThat(runtime.resolve("chagres").resolve(NAME + ".sock")).exists();
        try (SecondProcess client = start(Client.class, NAME, LocalMode.STREAM);
                SecondProcess server = start(Server.class, NAME, LocalMode.STREAM)) {
            assertThat(client.readLine()).isEqualTo("hello from " + server.pid());
        }
    }

    @Test
    void anotherUserFindsNoServerAndIsRefusedTheDirectory() throws Exception {
        assumeThat(Unprivileged.isRoot()).isTrue(); // else there is no other user
        Path fallback = Path.of("/tmp/chagres-65534");
        Files.createDirectory(
                fallback,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Unprivileged user = Unprivileged.create();
                SecondProcess server = start(Server.class, NAME, LocalMode.STREAM);
                SecondProcess other =
                        SecondProcess.command(
                                user.javaCommand(
                                        Client.class, NAME, LocalMode.STREAM.toString()))) {
            assertThat(other.readLine())
                    .contains("AccessDeniedException")
                    .contains("it belongs to user 0; set XDG_RUNTIME_DIR");
            assertThat(server.isAlive()).isTrue();
        } finally {
            Files.delete(fallback);
        }
    }

    /** Greets a client, and ends when it is told to. */
    static final class Server {
        public static void main(String[] args) throws Exception {
            LocalMode mode = LocalMode.valueOf(args[1]);
            LocalOptions options = LocalOptions.defaults().withMode(mode);
            try (LocalServer server = LocalServer.open(LocalName.of(args[0]), options);
                    LocalChannel client = server.accept(LocalEnds.PATIENCE)) {
                String text = "hello from " + ProcessHandle.current().pid();
                MemorySegment hello = MemorySegment.ofArray(text.getBytes(UTF_8));
                if (mode == LocalMode.STREAM) {
                    client.write(hello);
                } else {
                    client.send(hello);
                }
                System.out.println("client " + client.peerCredentials().pid());
                System.in.read();
            }
        }
    }

    /** Prints what the server says, and its end. */
    static final class Client {
        public static void main(String[] args) throws Exception {
            LocalMode mode = LocalMode.valueOf(args[1]);
            byte[] bytes = new byte[100];
            MemorySegment target = MemorySegment.ofArray(bytes);
            try (LocalChannel server =
                    LocalChannel.connect(LocalName.of(args[0]), mode, LocalEnds.PATIENCE)) {
                while (true) {
                    long count =
                            mode == LocalMode.STREAM ? server.read(target) : server.receive(target);
                    if (count == Ipc.EOF) {
                        System.out.println("end");
                        return;
                    }
                    System.out.println(new String(bytes, 0, (int) count, UTF_8));
                }
            } catch (IOException e) {
                System.out.println(e);
            }
        }
    }
}
