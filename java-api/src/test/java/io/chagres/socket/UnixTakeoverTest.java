// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AlreadyExistsException;
import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.pipe.Fifo;
import io.chagres.socket.SocketFiles.Kind;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.lang.reflect.Modifier;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Binding to a path where something is already. */
@Tag("native")
class UnixTakeoverTest {

    /** Sockets of a foreign program, by what it does with them. */
    private static final Map<String, String> FOREIGN =
            Map.of(
                    "listening",
                    "s = socket.socket(socket.AF_UNIX); s.bind(p); s.listen()",
                    "bound",
                    "s = socket.socket(socket.AF_UNIX); s.bind(p)",
                    "full",
                    "s = socket.socket(socket.AF_UNIX); s.bind(p); s.listen(0);"
                            + " c = socket.socket(socket.AF_UNIX); c.connect(p)",
                    "datagram",
                    "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(p)",
                    "connected datagram",
                    "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(p);"
                            + " t = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
                            + " t.bind(''); s.connect(t.getsockname())",
                    "seqpacket",
                    "s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.bind(p);"
                            + " s.listen()");

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    static List<Arguments> foreignSockets() {
        List<Arguments> all = new ArrayList<>();
        for (String each : FOREIGN.keySet()) {
            Arrays.stream(Kind.values()).forEach(kind -> all.add(Arguments.of(each, kind)));
        }
        return all;
    }

    private static void inUse(Path path, String why, PassedDescriptor.Adopter<?> bind) {
        assertThatThrownBy(() -> bind.adopt(0))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class,
                        e -> {
                            assertThat(e.operation()).isEqualTo("bind");
                            assertThat(e.objectName()).isEqualTo(path.toString());
                            assertThat(e.symbol()).isEqualTo("EADDRINUSE");
                        })
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.bind/O1")
    void aFreshPathGetsASocketEachTime(Kind kind) throws Exception {
        Path path = folder.resolve("socket");
        for (int i = 0; i < 20; i++) {
            try (Channel bound = kind.bind(path)) {
                assertThat(bound.isOpen()).isTrue();
                assertThat((int) Files.getAttribute(path, "unix:mode") & 0170000)
                        .isEqualTo(0140000);
                assertThat(SocketFiles.names(folder)).containsExactly("socket");
            }
            assertThat(path).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.bind/O7")
    void whatIsNoSocketIsNotTouched(Kind kind) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        Path directory = Files.createDirectory(folder.resolve("directory"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
        Path fifo = folder.resolve("fifo");
        Fifo.create(fifo);
        Path stale = folder.resolve("stale");
        SocketFiles.leaveStale(stale);
        Path toStale = Files.createSymbolicLink(folder.resolve("toStale"), stale);
        Map<Path, String> all =
                Map.of(
                        file, "a regular file",
                        directory, "a directory",
                        link, "a symbolic link",
                        dangling, "a symbolic link",
                        toStale, "a symbolic link",
                        fifo, "a FIFO");
        List<String> before = SocketFiles.names(folder);
        for (Map.Entry<Path, String> each : all.entrySet()) {
            Path path = each.getKey();
            Object inode = SocketFiles.inode(path);
            Object changed = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
            inUse(path, "it is " + each.getValue(), fd -> kind.bind(path));
            inUse(
                    path,
                    "somebody has it",
                    fd ->
                            kind.bind(
                                    UnixAddress.of(path),
                                    BindOptions.defaults().withReplaceStale(false)));
            assertThat(SocketFiles.inode(path)).isEqualTo(inode);
            assertThat(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(changed);
        }
        assertThat(SocketFiles.names(folder)).isEqualTo(before);
        assertThat(file).hasContent("kept");
        Fifo.unlink(fifo);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aStaleSocketIsReplacedUnlessThatIsNotWanted(Kind kind) throws Exception {
        Path path = folder.resolve("socket");
        SocketFiles.leaveStale(path);
        Object inode = SocketFiles.inode(path);
        inUse(
                path,
                "somebody has it",
                fd ->
                        kind.bind(
                                UnixAddress.of(path),
                                BindOptions.defaults().withReplaceStale(false)));
        assertThat(SocketFiles.inode(path)).isEqualTo(inode);
        try (Channel bound = kind.bind(path)) {
            assertThat(bound.isOpen()).isTrue();
            assertThat(SocketFiles.permissions(path)).isEqualTo("rw-------");
            assertThat(SocketFiles.names(folder)).containsExactly("socket");
        }
        assertThat(path).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.bind/O6")
    void aSocketThatLivesIsNotReplaced(Kind kind) throws Exception {
        Path path = folder.resolve("socket");
        try (Channel bound = kind.bind(path)) {
            Object inode = SocketFiles.inode(path);
            for (Kind other : Kind.values()) {
                inUse(path, "its server lives", fd -> other.bind(path));
            }
            assertThat(SocketFiles.inode(path)).isEqualTo(inode);
            assertThat(bound.isOpen()).isTrue();
        }
        assertThat(SocketFiles.names(folder)).isEmpty();
    }

    /** There is no socket to bind again: each has its address from the start, or none. */
    @Test
    @Conforms("af_unix.bind/O6")
    void noSocketCanBeBoundASecondTime() {
        for (Class<?> each :
                List.of(
                        UnixSocketChannel.class,
                        UnixServerChannel.class,
                        UnixDatagramChannel.class,
                        UnixSeqPacketChannel.class,
                        UnixSeqPacketServerChannel.class)) {
            assertThat(each.getMethods())
                    .filteredOn(method -> method.getName().equals("bind"))
                    .allMatch(method -> Modifier.isStatic(method.getModifiers()));
        }
    }

    @Test
    @Conforms("af_unix.bind/O5")
    void whatIsNotBoundAndDoesNotListenIsNoServer() throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
                BorrowedDescriptor fd = pair.first().borrow()) {
            assertThatThrownBy(() -> UnixServerChannel.adopt(fd.fd()))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("it is no server: it does not listen");
        }
        assertThatThrownBy(() -> UnixServerChannel.adopt(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("foreignSockets")
    @Tag("cross-process")
    void aSocketThatLivesInAnotherProgramIsNotReplacedUntilThatHasEnded(String what, Kind kind)
            throws Exception {
        Path path = folder.resolve("socket");
        String program =
                "import socket, sys; p = sys.argv[1]; "
                        + FOREIGN.get(what)
                        + "; print('bound', flush=True); sys.stdin.readline()";
        try (SecondProcess other =
                SecondProcess.program("python3", "-c", program, path.toString())) {
            assertThat(other.readLine()).isEqualTo("bound");
            Object inode = SocketFiles.inode(path);
            inUse(path, "its server lives", fd -> kind.bind(path));
            assertThat(SocketFiles.inode(path)).isEqualTo(inode);
            assertThat(SocketFiles.names(folder)).containsExactly("socket");
        }
        try (Channel bound = kind.bind(path)) {
            assertThat(bound.isOpen()).isTrue();
        }
        assertThat(SocketFiles.names(folder)).isEmpty();
    }

    @Test
    void aLockFileThatHasContentIsSomebodyElses() throws Exception {
        Path path = folder.resolve("socket");
        SocketFiles.leaveStale(path);
        Path lock = Files.writeString(folder.resolve("socket.lock"), "not ours");
        Kind.STREAM.bind(path).close();
        assertThat(lock).hasContent("not ours");
        Files.delete(lock);
        SocketFiles.leaveStale(path);
        Files.createFile(lock); // as of a process that was killed
        Kind.STREAM.bind(path).close();
        assertThat(SocketFiles.names(folder)).isEmpty();
    }

    @Test
    void aLockThatCannotBeTakenLeavesTheSocket() throws Exception {
        Path path = folder.resolve("socket");
        SocketFiles.leaveStale(path);
        Object inode = SocketFiles.inode(path);
        Path target = Files.writeString(folder.resolve("target"), "kept");
        Path lock = Files.createSymbolicLink(folder.resolve("socket.lock"), target);
        assertThatThrownBy(() -> Kind.STREAM.bind(path)).isInstanceOf(IpcException.class);
        assertThat(SocketFiles.inode(path)).isEqualTo(inode);
        assertThat(target).hasContent("kept");
        Files.delete(lock);
        Kind.STREAM.bind(path).close();
    }
}
