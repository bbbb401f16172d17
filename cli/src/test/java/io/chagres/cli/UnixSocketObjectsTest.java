// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chagres.pipe.Fifo;
import io.chagres.socket.BindOptions;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixDatagramChannel;
import io.chagres.socket.UnixSeqPacketServerChannel;
import io.chagres.socket.UnixServerChannel;
import io.chagres.socket.UnixSocketChannel;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Unix domain sockets in {@code ls} and {@code rm}. */
@Tag("native")
class UnixSocketObjectsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private static final BindOptions LEFT = BindOptions.defaults().withUnlinkOnClose(false);

    @TempDir Path folder;

    private static CommandRun ls(String mechanism) {
        return CommandRun.of("ls", "--mechanism", mechanism);
    }

    private static CommandRun rm(String mechanism, Object name) {
        return CommandRun.of("rm", "--mechanism", mechanism, name.toString());
    }

    private static JsonNode row(String mechanism, String name) throws Exception {
        String json = CommandRun.of("ls", "--json", "--mechanism", mechanism).out();
        for (JsonNode row : new ObjectMapper().readTree(json)) {
            if (row.get("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError(name + " is not in " + json);
    }

    private static Path dead(Path path) throws Exception {
        UnixServerChannel.bind(UnixAddress.of(path), LEFT).close();
        return path;
    }

    @Test
    void aServerIsListedWithItsConnectionsUntilItIsClosed() throws Exception {
        Path path = folder.resolve("server");
        UnixAddress address = UnixAddress.of(path);
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                UnixSocketChannel first = UnixSocketChannel.connect(address);
                UnixSocketChannel accepted = server.accept();
                UnixSocketChannel second = UnixSocketChannel.connect(address)) {
            assertThat(List.of(first, accepted, second)).allMatch(UnixSocketChannel::isOpen);
            assertThat(ls("unix-stream").out())
                    .containsPattern(
                            "unix-stream +"
                                    + Pattern.quote(path.toString())
                                    + " +\\S+ +0600 +listening, 1 connected, 1 waiting\\R");
            JsonNode row = row("unix-stream", path.toString());
            assertThat(row.get("owner").asText()).isEqualTo(System.getProperty("user.name"));
            assertThat(row.get("listening").asBoolean()).isTrue();
            assertThat(row.get("connected").asInt()).isEqualTo(1);
            assertThat(row.get("waiting").asInt()).isEqualTo(1);
            assertThat(row.size()).isEqualTo(7);
            assertThat(ls("unix-seqpacket").out()).doesNotContain(path.toString());
        }
        assertThat(ls("unix-stream").out()).doesNotContain(path.toString());
    }

    @Test
    void anAbstractNameIsListedWithoutOwnerAndAccess() throws Exception {
        String name = TestNames.posix();
        try (UnixDatagramChannel channel = UnixDatagramChannel.bind(UnixAddress.ofAbstract(name))) {
            assertThat(channel.isOpen()).isTrue();
            assertThat(ls("unix-datagram").out())
                    .containsPattern("unix-datagram +@" + name + " +- +- +bound\\R");
        }
    }

    @Test
    void aNameOfHostileBytesStaysInItsCell() throws Exception {
        String own = TestNames.posix();
        byte[] name = (own + "\u001b[2J\n\u00ff end").getBytes(ISO_8859_1);
        try (UnixSeqPacketServerChannel server =
                UnixSeqPacketServerChannel.bind(UnixAddress.ofAbstract(name))) {
            assertThat(server.isOpen()).isTrue();
            assertThat(ls("unix-seqpacket").out().lines())
                    .filteredOn(line -> line.contains(own))
                    .singleElement()
                    .asString()
                    .contains("@" + own + "\\u001b[2J\\u000a\\xff end  ")
                    .endsWith("listening");
            row("unix-seqpacket", "@" + own + "\u001b[2J\n\\xff end");
        }
    }

    @Test
    void theFileOfADeadServerIsRemoved() throws Exception {
        Path path = dead(folder.resolve("dead"));
        assertThat(rm("unix-stream", path)).isEqualTo(new CommandRun(0, "", ""));
        assertThat(path).doesNotExist();
        CommandRun again = rm("unix-stream", path);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("chagres rm: unlink " + path + ": there is no such file\n");
        assertThat(CommandRun.of("rm", "--mechanism", "unix-stream", "-f", "" + path).exitCode())
                .isZero();
    }

    private void assertRefused(String mechanism, Path path, String why) {
        CommandRun run = rm(mechanism, path);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(path.toString()).contains(why);
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void theFileOfASocketThatLivesIsNotRemoved() throws Exception {
        Path stream = folder.resolve("stream");
        Path seqPacket = folder.resolve("seqpacket");
        Path datagram = folder.resolve("datagram");
        Path talking = folder.resolve("talking");
        try (UnixServerChannel first = UnixServerChannel.bind(UnixAddress.of(stream));
                UnixSeqPacketServerChannel second =
                        UnixSeqPacketServerChannel.bind(UnixAddress.of(seqPacket));
                UnixDatagramChannel third = UnixDatagramChannel.bind(UnixAddress.of(datagram));
                UnixDatagramChannel fourth = UnixDatagramChannel.bind(UnixAddress.of(talking))) {
            fourth.connect(UnixAddress.of(datagram));
            for (Path each : List.of(stream, seqPacket, datagram, talking)) {
                assertRefused("unix-datagram", each, "a process has it open");
            }
            assertThat(first.tryAccept()).isEmpty();
            assertThat(second.tryAccept()).isEmpty();
            assertThat(third.nextLength()).isZero();
        }
    }

    @Test
    void whatIsNoSocketIsNotRemoved() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path fifo = folder.resolve("fifo");
        Fifo.create(fifo);
        Path link = Files.createSymbolicLink(folder.resolve("link"), dead(folder.resolve("dead")));
        for (Path each : List.of(file, fifo, link, folder)) {
            assertRefused("unix-stream", each, "it is not a socket");
        }
        CommandRun run = rm("unix-stream", "@name");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("@name").contains("is gone with its socket");
    }
}
