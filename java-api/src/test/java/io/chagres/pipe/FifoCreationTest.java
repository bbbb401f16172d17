// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chagres.Access;
import io.chagres.AlreadyExistsException;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Unprivileged;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How FIFOs come into being, for whom, and how they go. */
@Tag("native")
@Tag("cross-process")
class FifoCreationTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void theOwnerAloneMayUseItByDefault() throws Exception {
        Path path = folder.resolve("fifo");
        Fifo.create(path);
        assertThat(permissions(path)).isEqualTo("rw-------");
        assertThat(Fifo.createIfAbsent(path, FifoOptions.defaults())).isFalse();
        Fifo.unlink(path);
        assertThat(path).doesNotExist();
        assertThat(Fifo.createIfAbsent(path, FifoOptions.defaults())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"000", "022", "077", "777"})
    void theModeIsExactWhateverTheUmask(String umask) throws Exception {
        List<String> prefix = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        List<String> command =
                SecondProcess.javaCommand(
                        prefix, List.of(), Creates.class, first.toString(), second.toString());
        try (SecondProcess child = SecondProcess.command(command)) {
            assertThat(child.exitCode()).isZero();
        }
        assertThat(permissions(first)).isEqualTo("rw-------");
        assertThat(permissions(second)).isEqualTo("rw-rw-r-x");
    }

    /** Creates one FIFO as by default, and one with a mode. */
    static final class Creates {
        public static void main(String[] args) throws Exception {
            Fifo.create(Path.of(args[0]));
            Access access = Access.mode(0665);
            Fifo.create(Path.of(args[1]), FifoOptions.defaults().withAccess(access));
        }
    }

    @Test
    void aFifoIsRemovedWhenItsCreatorEndsAndAnotherIsLeft() throws Exception {
        Path mine = folder.resolve("mine");
        Path replaced = folder.resolve("replaced");
        try (SecondProcess child =
                SecondProcess.java(CreatesForItsLife.class, mine.toString(), replaced.toString())) {
            assertThat(child.readLine()).isEqualTo("created");
            assertThat(mine).exists();
            Path other = folder.resolve("other");
            Fifo.create(other);
            Files.move(other, replaced, StandardCopyOption.REPLACE_EXISTING);
            child.writeLine("end");
            assertThat(child.exitCode()).isZero();
        }
        assertThat(mine).doesNotExist();
        assertThat(replaced).exists();
    }

    /** Creates FIFOs that go with it, and waits for a line. */
    static final class CreatesForItsLife {
        public static void main(String[] args) throws Exception {
            for (String each : args) {
                Fifo.create(Path.of(each), FifoOptions.defaults().withUnlinkOnExit(true));
            }
            System.out.println("created");
            System.in.read();
        }
    }

    @Test
    @Conforms("mkfifo/X3")
    void whatExistsIsLeftAlsoALinkThatPointsNowhere() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        for (Path each : List.of(file, link, folder)) {
            assertThatThrownBy(() -> Fifo.create(each))
                    .isInstanceOf(AlreadyExistsException.class)
                    .hasMessageContaining("EEXIST");
        }
        assertThat(file).hasContent("kept");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    @Conforms({"mkfifo/X5", "mkfifo/X7", "mkfifo/X9"})
    void aPathThatLeadsNowhereIsRefusedWithTheSystemsReason() throws Exception {
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        refused(folder.resolve("absent").resolve("fifo"), NotFoundException.class, "ENOENT");
        refused(Path.of(""), NotFoundException.class, "ENOENT");
        refused(folder.resolve("x".repeat(256)), IpcException.class, "ENAMETOOLONG");
        refused(loop.resolve("fifo"), IpcException.class, "ELOOP");
        Path file = Files.createFile(folder.resolve("file"));
        refused(file.resolve("fifo"), IpcException.class, "ENOTDIR");
    }

    private static void refused(Path path, Class<? extends IpcException> kind, String symbol) {
        assertThatThrownBy(() -> Fifo.create(path))
                .isInstanceOfSatisfying(
                        kind,
                        e -> {
                            assertThat(e.symbol()).isEqualTo(symbol);
                            assertThat(e.operation()).isEqualTo("mkfifo");
                            assertThat(e.objectName()).isEqualTo(path.toString());
                        });
        assertThatThrownBy(() -> Fifo.openSource(path))
                .isInstanceOfSatisfying(kind, e -> assertThat(e.symbol()).isEqualTo(symbol));
        assertThatThrownBy(() -> Fifo.unlink(path))
                .isInstanceOfSatisfying(kind, e -> assertThat(e.symbol()).isEqualTo(symbol));
    }

    @Test
    @Conforms("mkfifo/X8")
    void aReadOnlyFileSystemRefusesWithTheSystemsReason() throws Exception {
        assumeTrue(Unprivileged.isRoot(), "only root can mount one");
        String script = "mount -t tmpfs -o ro tmpfs " + folder + " && exec \"$@\"";
        List<String> prefix = List.of("unshare", "-m", "sh", "-c", script, "sh");
        String path = folder.resolve("fifo").toString();
        List<String> command =
                SecondProcess.javaCommand(prefix, List.of(), CreatesInVain.class, path);
        try (SecondProcess child = SecondProcess.command(command)) {
            assertThat(child.readLine()).isEqualTo("mkfifo EROFS");
            assertThat(child.exitCode()).isZero();
        }
    }

    /** Says why it cannot create one. */
    static final class CreatesInVain {
        public static void main(String[] args) {
            try {
                Fifo.create(Path.of(args[0]));
            } catch (IpcException e) {
                System.out.println(e.operation() + " " + e.symbol());
            }
        }
    }

    @Test
    void aPathOfAnotherFileSystemIsRefused() throws Exception {
        URI zip = URI.create("jar:" + folder.resolve("x.zip").toUri());
        try (FileSystem other = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            assertThatThrownBy(() -> Fifo.create(other.getPath("fifo")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ofManyWhoCreateOneDoes() throws Exception {
        Path path = folder.resolve("fifo");
        List<Caller<Boolean>> creators = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            creators.add(Caller.start(() -> Fifo.createIfAbsent(path, FifoOptions.defaults())));
        }
        int created = 0;
        for (Caller<Boolean> each : creators) {
            created += each.result() ? 1 : 0;
        }
        assertThat(created).isEqualTo(1);
    }

    @Test
    void whoHasNoPermissionIsDenied() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path path = folder.resolve("fifo");
        Access access = Unprivileged.isRoot() ? Access.ownerOnly() : Access.mode(0);
        Fifo.create(path, FifoOptions.defaults().withAccess(access));
        try (Unprivileged user = Unprivileged.create()) {
            List<String> command =
                    user.javaCommand(TriesEverything.class, path.toString(), path + "2");
            try (SecondProcess child = SecondProcess.command(command)) {
                assertThat(child.readLine()).isEqualTo("openSource AccessDeniedException EACCES");
                assertThat(child.readLine()).isEqualTo("openSink AccessDeniedException EACCES");
                if (Unprivileged.isRoot()) {
                    assertThat(child.readLine()).isEqualTo("create AccessDeniedException EACCES");
                    assertThat(child.readLine()).isEqualTo("unlink AccessDeniedException EACCES");
                    assertThat(path).exists();
                }
            }
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    /** Says how each operation ends. */
    static final class TriesEverything {
        public static void main(String[] args) throws Exception {
            Path path = Path.of(args[0]);
            attempt("openSource", () -> Fifo.openSource(path).close());
            attempt("openSink", () -> Fifo.openSink(path).close());
            attempt("create", () -> Fifo.create(Path.of(args[1])));
            attempt("unlink", () -> Fifo.unlink(path));
        }

        private static void attempt(String what, Attempt attempt) throws Exception {
            try {
                attempt.run();
                System.out.println(what + " done");
            } catch (IpcException e) {
                String kind = e.getClass().getSimpleName();
                System.out.println(what + " " + kind + " " + e.symbol());
            }
        }
    }
}
