// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Mechanism;
import io.chagres.test.LeakCheck;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mechanism without message boundaries that says itself what its peer joins and how that starts:
 * two FIFOs, with {@code stream.h} on the other side.
 */
@Tag("cross-process")
class StreamPeerTest {

    private static final String PEERS = "chagres.peers";
    private static final String REAL_PEERS = System.getProperty(PEERS);
    private static final int MAX = 200_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @BeforeEach
    void lookForPeersInTheFolder() {
        System.setProperty(PEERS, folder.toString());
    }

    @AfterEach
    void lookForRealPeersAgain() {
        System.setProperty(PEERS, REAL_PEERS);
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private void compilePeer() throws Exception {
        Path root = Path.of(System.getProperty("chagres.root"));
        run(
                "sh",
                "-c",
                "${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -I \"$1\" -o \"$2\" \"$3\" -lpthread",
                "cc",
                root.resolve("native/peers").toString(),
                peer().toString(),
                root.resolve("cli/src/test/c/two-fifos.c").toString());
    }

    private Path peer() {
        return folder.resolve(Mechanism.POSIX_MQ.id());
    }

    private static CheckResult check(Phases phases, Exchange driver) throws InterruptedException {
        return new CheckRunner(phases, TIMEOUT).run(new OneExchange(driver), PeerKind.C);
    }

    @Test
    void messagesLongerThanAPipeHoldsGoBothWays() throws Exception {
        compilePeer();
        run("mkfifo", folder.resolve("requests").toString(), folder.resolve("replies").toString());
        CheckResult result = check(new Phases(50, 50, 1000), new TwoFifos(folder));
        assertThat(result.note()).isEqualTo("a test");
        assertThat(result.status()).isEqualTo(CheckResult.Status.OK);
        assertThat(result.messages()).isEqualTo(2 * 100 + 1000 + 1);
    }

    @Test
    void theReportSaysHowThePeerEndedRatherThanThatTheStreamDid() throws Exception {
        Files.writeString(
                peer(), "#!/bin/sh\necho ready\nsleep 0.1\necho 'out of luck' >&2\nexit 7\n");
        Files.setPosixFilePermissions(peer(), PosixFilePermissions.fromString("rwxr-xr-x"));
        CheckResult result = check(new Phases(1, 1, 1), new Ended());
        assertThat(result.status()).isEqualTo(CheckResult.Status.FAILED);
        assertThat(result.note()).isEqualTo("the peer ended early: exit code 7, out of luck");
    }

    private record OneExchange(Exchange driver) implements MechanismCheck {
        @Override
        public Mechanism mechanism() {
            return Mechanism.POSIX_MQ;
        }

        @Override
        public int maxMessage() {
            return MAX;
        }

        @Override
        public String note() {
            return "a test";
        }

        @Override
        public Exchange create(String name) {
            return driver;
        }

        @Override
        public Exchange join(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public void remove(String name) {}
    }

    private static final class TwoFifos implements Exchange {
        private final Path folder;
        private final FileChannel requests;
        private final FileChannel replies;
        private final StreamFraming framing;

        /** Opens each for both ways, for which Linux does not wait. */
        TwoFifos(Path folder) throws IOException {
            this.folder = folder;
            requests = FileChannel.open(folder.resolve("requests"), READ, WRITE);
            replies = FileChannel.open(folder.resolve("replies"), READ, WRITE);
            framing =
                    new StreamFraming(
                            MAX,
                            (target, timeout) -> replies.read(target.asByteBuffer()),
                            (source, timeout) -> requests.write(source.asByteBuffer()));
        }

        @Override
        public String peerName(String name) {
            return folder.toString();
        }

        @Override
        public Process start(ProcessBuilder peer) throws IOException {
            peer.environment().put("STARTED_BY_THE_EXCHANGE", "yes");
            return peer.start();
        }

        @Override
        public boolean send(MemorySegment message, Duration timeout)
                throws IOException, InterruptedException {
            return framing.send(message, timeout);
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout)
                throws IOException, InterruptedException {
            return framing.receive(buffer, timeout);
        }

        @Override
        public void close() throws IOException {
            requests.close();
            replies.close();
        }
    }

    private static final class Ended implements Exchange {
        @Override
        public boolean send(MemorySegment message, Duration timeout) throws IOException {
            throw new EOFException("the stream has ended");
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout) throws IOException {
            throw new EOFException("the stream has ended");
        }

        @Override
        public void close() {}
    }
}
