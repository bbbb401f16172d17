// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueEntry;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers that do not do their part. Each test puts another program where the C peer is looked for.
 */
@Tag("cross-process")
class BadPeerTest {

    private static final String PEERS = "chagres.peers";
    private static final String REAL_PEERS = System.getProperty(PEERS);

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

    private void peer(String script) throws IOException {
        peer("posix-mq", script);
    }

    private void peer(String mechanism, String script) throws IOException {
        Path file = folder.resolve(mechanism);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static CommandRun check() {
        return check("posix-mq");
    }

    private static CommandRun check(String mechanism) {
        return CommandRun.of("check", "--peer", "c", "--mechanism", mechanism, "--timeout", "1");
    }

    private SecondProcess checkInAJvmOfItsOwn() throws IOException {
        return SecondProcess.command(
                SecondProcess.javaCommand(
                        List.of(),
                        List.of("-D" + PEERS + "=" + folder),
                        Main.class,
                        "check",
                        "--peer",
                        "c",
                        "--mechanism",
                        "posix-mq"));
    }

    private static void assertFailed(CommandRun run, String why) {
        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.out()).contains("failed").contains(why);
    }

    @Test
    void aPeerThatHangsIsEndedAndItsRowFailed() throws Exception {
        Path pid = folder.resolve("pid");
        peer("echo $$ > " + pid + "; echo ready; exec sleep 1000");
        assertFailed(check(), "the peer did not answer within 1.0 s");
        long ended = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(ended)).isEmpty();
    }

    @Test
    void aPeerThatIsNeverReadyIsEnded() throws Exception {
        peer("exec sleep 1000");
        assertFailed(check(), "the peer was not ready within 1.0 s");
    }

    @Test
    void aPeerThatDoesNotOpenItsFifosIsEnded() throws Exception {
        peer("fifo", "exec sleep 1000");
        assertFailed(check("fifo"), "the peer did not open a FIFO within 1.0 s");
    }

    @Test
    void aPeerThatDiesIsNotWaitedForAndItsLastWordIsTheNote() throws Exception {
        peer("echo ready; echo 'out of luck' >&2; exit 7");
        assertFailed(check(), "exit code 7, out of luck");
    }

    @Test
    void aPeerThatCannotStartIsAFailedRow() {
        assertFailed(check(), "no C peer at");
    }

    @Test
    void aPeerThatAlterAByteIsFoundOut() throws Exception {
        String real = Path.of(REAL_PEERS, "posix-mq").toString();
        // Another number of varied messages: the lengths differ from the first fixed one on.
        peer("exec " + real + " \"$1\" \"$2\" 3 \"$4\" \"$5\"");
        assertFailed(check(), "bytes, not");
    }

    @Test
    void anInterruptedCheckLeavesNeitherNamesNorPeersBehind() throws Exception {
        Path pid = folder.resolve("pid");
        peer("echo $$ > " + pid + "; exec sleep 1000");
        try (SecondProcess check = checkInAJvmOfItsOwn()) {
            await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
            assertThat(queuesOf(check.pid())).hasSize(2);
            new ProcessBuilder("kill", "-INT", Long.toString(check.pid())).start().waitFor();
            assertThat(check.exitCode()).isEqualTo(130);
            assertThat(queuesOf(check.pid())).isEmpty();
            long peer = Long.parseLong(Files.readString(pid).strip());
            await().until(() -> ProcessHandle.of(peer).isEmpty());
        }
    }

    @Test
    void whatAKilledCheckHasLeftIsRemovedByTheNext() throws Exception {
        Path pid = folder.resolve("pid");
        peer("echo $$ > " + pid + "; exec sleep 1000");
        try (SecondProcess check = checkInAJvmOfItsOwn()) {
            await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
            check.kill();
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
            assertThat(queuesOf(check.pid())).hasSize(2);
            lookForRealPeersAgain();
            assertThat(CommandRun.of("check", "--peer", "c").exitCode()).isZero();
            assertThat(queuesOf(check.pid())).isEmpty();
        }
    }

    private static List<String> queuesOf(long pid) throws IOException {
        return MessageQueue.list().stream()
                .map(MessageQueueEntry::name)
                .filter(name -> name.matches("/chagres-check-\\d+-" + pid + "-1\\..*"))
                .toList();
    }
}
