// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.socket.SocketFiles.Kind;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Unprivileged;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the file of a socket, from its first instant on. */
@Tag("native")
@Tag("cross-process")
class UnixFileModeTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private static List<String> withUmask(String umask, Class<?> main, String... arguments) {
        List<String> prefix = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
        return SecondProcess.javaCommand(prefix, List.of(), main, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077", "777"})
    @Conforms("af_unix.bind/O15")
    void theModeIsExactWhateverTheUmask(String umask) throws Exception {
        try (SecondProcess child =
                SecondProcess.command(withUmask(umask, BindsWithModes.class, folder.toString()))) {
            for (Kind kind : Kind.values()) {
                assertThat(child.readLine()).isEqualTo(kind + " rw-------");
                for (String mode : List.of("rw-rw----", "rw-rw-rw-", "-w-------", "rwxr-xr-x")) {
                    assertThat(child.readLine()).isEqualTo(kind + " " + mode);
                }
            }
            assertThat(child.exitCode()).isZero();
        }
        assertThat(SocketFiles.names(folder)).isEmpty();
    }

    /** Binds sockets of every kind with several modes, and says what they have. */
    static final class BindsWithModes {
        public static void main(String[] args) throws Exception {
            Path path = Path.of(args[0], "socket");
            for (Kind kind : Kind.values()) {
                try (Channel bound = kind.bind(path)) {
                    say(kind, path, bound);
                }
                for (int mode : new int[] {0660, 0666, 0200, 0755}) {
                    BindOptions options = BindOptions.defaults().withAccess(Access.mode(mode));
                    try (Channel bound = kind.bind(UnixAddress.of(path), options)) {
                        say(kind, path, bound);
                    }
                }
            }
        }

        private static void say(Kind kind, Path path, Channel bound) throws IOException {
            System.out.println(
                    kind + (bound.isOpen() ? " " : " closed ") + SocketFiles.permissions(path));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    @Conforms("af_unix.bind/O15")
    void itIsNeverWiderAtAnyInstant(String umask) throws Exception {
        Path path = folder.resolve("socket");
        Set<String> seen = new TreeSet<>();
        try (SecondProcess child =
                SecondProcess.command(
                        withUmask(umask, BindsManyTimes.class, path.toString(), "400"))) {
            assertThat(child.readLine()).isEqualTo("begins");
            while (child.isAlive()) {
                try {
                    seen.add(SocketFiles.permissions(path));
                } catch (NoSuchFileException e) {
                    // between two of them
                }
            }
            assertThat(child.exitCode()).isZero();
        }
        assertThat(seen).isSubsetOf("rw-------", "rw-rw----", "rw-r-----").isNotEmpty();
    }

    /** Binds and closes, first for the owner and then for the group, anew and over stale ones. */
    static final class BindsManyTimes {
        public static void main(String[] args) throws Exception {
            Path path = Path.of(args[0]);
            UnixAddress address = UnixAddress.of(path);
            BindOptions group = BindOptions.defaults().withAccess(Access.mode(0660));
            System.out.println("begins");
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                UnixServerChannel.bind(address, group.withUnlinkOnClose(i % 4 != 0)).close();
                UnixServerChannel.bind(address).close();
            }
            Files.deleteIfExists(path);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.bind/O14")
    void aMissingFolderIsNotFound(Kind kind) {
        Path path = folder.resolve("missing/socket");
        assertThatThrownBy(() -> kind.bind(path))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        e -> {
                            assertThat(e.operation()).isEqualTo("bind");
                            assertThat(e.objectName()).isEqualTo(path.toString());
                            assertThat(e.symbol()).isEqualTo("ENOENT");
                        });
    }

    @Test
    @Conforms("af_unix.bind/O14")
    void aFolderThatMayNotBeWrittenToIsDenied() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        Path path = folder.resolve("socket");
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                user.javaCommand(TriesToBind.class, path.toString()))) {
            for (Kind kind : Kind.values()) {
                assertThat(child.readLine())
                        .isEqualTo(kind + " AccessDeniedException bind " + path + " EACCES");
            }
            assertThat(child.exitCode()).isZero();
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(SocketFiles.names(folder)).isEmpty();
    }

    @Test
    void aStaleSocketOfAnotherUserIsNotReplaced() throws Exception {
        Path path = folder.resolve("socket");
        SocketFiles.leaveStale(path);
        Object inode = SocketFiles.inode(path);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setAttribute(folder, "unix:mode", 01777, LinkOption.NOFOLLOW_LINKS);
        if (!Unprivileged.isRoot()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        }
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                user.javaCommand(TriesToBind.class, path.toString()))) {
            for (Kind kind : Kind.values()) {
                assertThat(child.readLine())
                        .startsWith(kind + " AlreadyExistsException bind " + path + " EADDRINUSE");
            }
            assertThat(child.exitCode()).isZero();
        }
        assertThat(SocketFiles.inode(path)).isEqualTo(inode);
        assertThat(SocketFiles.names(folder)).containsExactly("socket");
        Files.delete(path);
    }

    /** Binds sockets of every kind and says how that ends. */
    static final class TriesToBind {
        public static void main(String[] args) throws Exception {
            for (Kind kind : Kind.values()) {
                try (Channel bound = kind.bind(Path.of(args[0]))) {
                    System.out.println(kind + " bound " + bound.isOpen());
                } catch (IpcException e) {
                    System.out.println(
                            String.join(
                                    " ",
                                    kind.name(),
                                    e.getClass().getSimpleName(),
                                    e.operation(),
                                    e.objectName(),
                                    e.symbol()));
                }
            }
        }
    }

    @Test
    void aFolderInThePathThatIsNoneIsTold() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Kind.STREAM.bind(file.resolve("socket")))
                .isInstanceOfSatisfying(
                        IpcException.class, e -> assertThat(e.symbol()).isEqualTo("ENOTDIR"));
    }
}
