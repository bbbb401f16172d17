// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Access;
import io.chagres.posix.Unistd;
import io.chagres.socket.SocketFiles.Kind;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.nio.channels.Channel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When the path of a socket goes, and when it stays. */
@Tag("native")
class UnixPathRemovalTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void itGoesWithTheSocketUnlessThatIsNotWanted(Kind kind) throws Exception {
        Path path = folder.resolve("socket");
        Channel bound = kind.bind(path);
        bound.close();
        assertThat(path).doesNotExist();
        BindOptions leaves = BindOptions.defaults().withUnlinkOnClose(false);
        kind.bind(UnixAddress.of(path), leaves).close();
        assertThat(path).exists();
        try (Channel next = kind.bind(path)) {
            bound.close();
            assertThat(path).exists();
            assertThat(next.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatHasGotThePathMeanwhileIsLeftAlone(Kind kind) throws Exception {
        Path path = folder.resolve("socket");
        Path moved = folder.resolve("moved");
        try (Channel first = kind.bind(path)) {
            Files.delete(path);
            try (Channel second = kind.bind(path)) {
                first.close();
                assertThat(path).exists();
                Files.move(path, moved);
                Files.writeString(path, "kept");
                assertThat(second.isOpen()).isTrue();
            }
            assertThat(path).hasContent("kept");
        }
        assertThat(moved).exists();
        Files.delete(moved);
        try (Channel third = kind.bind(folder.resolve("other"))) {
            Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("other"));
            Files.move(folder.resolve("other"), moved);
            Files.move(link, folder.resolve("other"), StandardCopyOption.ATOMIC_MOVE);
            Files.createLink(folder.resolve("second"), moved);
            assertThat(third.isOpen()).isTrue();
        }
        assertThat(SocketFiles.names(folder)).containsExactly("moved", "other", "second", "socket");
    }

    @Test
    void whoGivesTheDescriptorAwayLeavesThePath() throws Exception {
        Path path = folder.resolve("socket");
        UnixAddress address = UnixAddress.of(path);
        int fd = UnixServerChannel.bind(address).detach();
        assertThat(path).exists();
        try (UnixServerChannel adopted = UnixServerChannel.adopt(fd);
                UnixSocketChannel client = UnixSocketChannel.connect(address)) {
            adopted.accept(UnixStreams.PATIENCE).close();
            assertThat(client.remoteAddress()).isEqualTo(address);
        }
        assertThat(path).exists();
        UnixDatagramChannel datagrams = UnixDatagramChannel.bind(address);
        assertThat(Unistd.close(datagrams.detach())).isZero();
        assertThat(path).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, removed",
        "false, true, removed",
        "true, false, left",
        "false, false, left"
    })
    @Tag("cross-process")
    void itGoesWithTheJvmIfThatIsWanted(boolean onClose, boolean onExit, String outcome)
            throws Exception {
        Path path = folder.resolve("socket");
        Path replaced = folder.resolve("replaced");
        try (SecondProcess child =
                SecondProcess.java(
                        EndsWithOpenSockets.class,
                        path.toString(),
                        replaced.toString(),
                        Boolean.toString(onClose),
                        Boolean.toString(onExit))) {
            assertThat(child.readLine()).isEqualTo("bound");
            assertThat(path).exists();
            Files.writeString(folder.resolve("file"), "kept");
            Files.move(folder.resolve("file"), replaced, StandardCopyOption.REPLACE_EXISTING);
            child.writeLine("end");
            assertThat(child.exitCode()).isZero();
        }
        assertThat(Files.exists(path) ? "left" : "removed").isEqualTo(outcome);
        assertThat(replaced).hasContent("kept");
    }

    @Test
    @Tag("cross-process")
    void itStaysWhenTheJvmIsKilledAndIsReplacedThen() throws Exception {
        Path path = folder.resolve("socket");
        try (SecondProcess child =
                SecondProcess.java(
                        EndsWithOpenSockets.class,
                        path.toString(),
                        folder.resolve("other").toString(),
                        "true",
                        "true")) {
            assertThat(child.readLine()).isEqualTo("bound");
        }
        assertThat(path).exists();
        try (UnixServerChannel server = UnixServerChannel.bind(UnixAddress.of(path))) {
            assertThat(server.isOpen()).isTrue();
        }
        assertThat(path).doesNotExist();
    }

    /** Binds to two paths, waits for a line, and ends without closing them. */
    static final class EndsWithOpenSockets {
        public static void main(String[] args) throws Exception {
            BindOptions options =
                    BindOptions.defaults()
                            .withUnlinkOnClose(Boolean.parseBoolean(args[2]))
                            .withUnlinkOnExit(Boolean.parseBoolean(args[3]));
            Channel first = Kind.STREAM.bind(UnixAddress.of(args[0]), options);
            Channel second = Kind.DATAGRAM.bind(UnixAddress.of(args[1]), options);
            System.out.println(first.isOpen() && second.isOpen() ? "bound" : "closed");
            System.in.read();
            System.exit(0);
        }
    }

    @Test
    void whoIsToGoWithTheJvmAloneStaysWhenItIsClosed() throws Exception {
        Path path = folder.resolve("socket");
        BindOptions options =
                BindOptions.defaults().withUnlinkOnClose(false).withUnlinkOnExit(true);
        UnixServerChannel.bind(UnixAddress.of(path), options).close();
        assertThat(path).exists();
    }

    @Test
    void optionsAreCopied() {
        BindOptions defaults = BindOptions.defaults();
        BindOptions changed =
                defaults.withBacklog(5)
                        .withReplaceStale(false)
                        .withUnlinkOnClose(false)
                        .withUnlinkOnExit(true)
                        .withReceiveCredentials(true)
                        .withAccess(Access.mode(0666));
        assertThat(changed)
                .isEqualTo(new BindOptions(Access.mode(0666), 5, false, false, true, true));
        assertThat(defaults)
                .isEqualTo(BindOptions.defaults())
                .isEqualTo(
                        new BindOptions(
                                Access.ownerOnly(), defaults.backlog(), true, true, false, false));
    }
}
