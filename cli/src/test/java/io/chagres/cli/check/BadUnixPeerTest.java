// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chagres.cli.Main;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Peers for Unix domain sockets that are not who they should be, or pass something else. Each test
 * puts another program where the C peer is looked for.
 */
@Tag("cross-process")
class BadUnixPeerTest {

    private static final String PEERS = "chagres.peers";
    private static final String REAL_PEERS = System.getProperty(PEERS);
    private static final Phases FEW = new Phases(2, 2, 2);
    private static final Phases ENDLESS = new Phases(Long.MAX_VALUE / 2, 0, 0);

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

    private void peer(String mechanism, String script) throws IOException {
        Path file = folder.resolve(mechanism);
        Files.writeString(file, "#!/bin/sh\nreal=" + REAL_PEERS + "/" + mechanism + "\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static CheckResult check(String mechanism, Phases phases) throws Exception {
        return check(mechanism, phases, Duration.ofSeconds(20));
    }

    private static CheckResult check(String mechanism, Phases phases, Duration timeout)
            throws Exception {
        MechanismCheck check =
                MechanismCheck.ALL.stream()
                        .filter(c -> c.mechanism().id().equals(mechanism))
                        .findFirst()
                        .orElseThrow();
        CheckResult result = new CheckRunner(phases, timeout).run(check, PeerKind.C);
        assertThat(socketsOf(ProcessHandle.current().pid())).isEmpty();
        return result;
    }

    private static List<String> socketsOf(long pid) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(CheckFiles.path("/x")).getParent())) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.matches("chagres-check-\\d+-" + pid + "-.*"))
                    .toList();
        }
    }

    private static void assertFailed(CheckResult result, String why) {
        assertThat(result.status()).as(result.note()).isEqualTo(CheckResult.Status.FAILED);
        assertThat(result.note()).contains(why);
    }

    @ParameterizedTest
    @CsvSource({
        "unix-stream, at the other end is process",
        "unix-seqpacket, at the other end is process",
        "unix-datagram, a message is from process"
    })
    void aPeerThatIsAnotherProcessThanTheOneStartedFails(String mechanism, String why)
            throws Exception {
        peer(mechanism, "\"$real\" \"$@\"\nexit $?\n");
        assertFailed(check(mechanism, FEW), why);
    }

    @ParameterizedTest
    @CsvSource({
        "unix-stream, at the other end is process",
        "unix-seqpacket, at the other end is process",
        "unix-datagram, a message is from process"
    })
    void aDriverThatIsAnotherProcessThanItSaysIsRefusedByThePeer(String mechanism, String why)
            throws Exception {
        peer(mechanism, "path=${1#*,}; shift\nexec \"$real\" \"1,$path\" \"$@\"\n");
        CheckResult result = check(mechanism, FEW);
        assertFailed(result, "exit code 1, " + why + " " + ProcessHandle.current().pid());
        assertThat(result.note()).contains("not process 1 (");
    }

    private void compileBadAnswer() throws Exception {
        Path root = Path.of(System.getProperty("chagres.root"));
        Process compiler =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -I \"$1\""
                                        + " -o \"$2\" \"$3\" -lpthread",
                                "cc",
                                root.resolve("native/peers").toString(),
                                folder.resolve("bad").toString(),
                                root.resolve("cli/src/test/c/bad-unix-answer.c").toString())
                        .inheritIO()
                        .start();
        assertThat(compiler.waitFor()).isZero();
    }

    @Test
    void aPeerThatPassesSomethingElseBackFails() throws Exception {
        compileBadAnswer();
        assertThat(answered("right").status()).isEqualTo(CheckResult.Status.OK);
        assertFailed(answered("without a descriptor"), "came without its descriptor");
        assertFailed(answered("a pipe"), "a FIFO or pipe");
        assertFailed(answered("another number"), "answers another one");
        assertFailed(answered("a wrong byte"), "that was passed is wrong at byte 4095");
        assertFailed(answered("not sealed"), "seal");
        assertFailed(answered("another greeting"), "message 1 is wrong at byte");
    }

    private CheckResult answered(String how) throws Exception {
        peer("unix-stream", "ANSWER='" + how + "' exec " + folder.resolve("bad") + " \"$@\"\n");
        return check("unix-stream", FEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix-stream", "unix-datagram", "unix-seqpacket"})
    void aPeerThatIsKilledLeavesNoSocketBehind(String mechanism) throws Exception {
        peer(mechanism, "(sleep 0.3; kill -9 $$) >&2 &\nexec \"$real\" \"$@\"\n");
        assertFailed(check(mechanism, ENDLESS), "exit code 137");
    }

    @Test
    void aPeerThatDoesNotComeIsNotWaitedForWithoutEnd() throws Exception {
        peer("unix-datagram", "exec sleep 1000\n");
        assertFailed(
                check("unix-datagram", FEW, Duration.ofSeconds(1)),
                "the peer did not come within 1.0 s");
    }

    @ParameterizedTest
    @CsvSource({"unix-stream, server", "unix-datagram, driver", "unix-seqpacket, server"})
    void socketsThatAKilledCheckHasLeftAreRemovedByTheNext(String mechanism, String suffix)
            throws Exception {
        Path pid = folder.resolve("pid");
        peer(mechanism, "echo $$ > " + pid + "\nexec sleep 1000\n");
        try (SecondProcess check = checkInAJvmOfItsOwn(mechanism, List.of())) {
            await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
            check.kill();
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
            assertThat(socketsOf(check.pid())).singleElement().asString().endsWith("." + suffix);
            lookForRealPeersAgain();
            assertThat(check(mechanism, FEW).status()).isEqualTo(CheckResult.Status.OK);
            assertThat(socketsOf(check.pid())).isEmpty();
        }
    }

    @Test
    void aFolderWhosePathIsTooLongForASocketIsNotUsed() throws Exception {
        lookForRealPeersAgain();
        Path deep = Files.createDirectories(folder.resolve("d".repeat(100)));
        List<String> options = List.of("-Djava.io.tmpdir=" + deep, "-D" + PEERS + "=" + REAL_PEERS);
        try (SecondProcess check = checkInAJvmOfItsOwn("unix-datagram", options)) {
            assertThat(check.readLine()).startsWith("mechanism");
            assertThat(check.readLine()).matches("unix-datagram +c +ok .*");
            assertThat(check.exitCode()).isZero();
            assertThat(socketsOf(check.pid())).isEmpty();
        }
    }

    private SecondProcess checkInAJvmOfItsOwn(String mechanism, List<String> options)
            throws IOException {
        List<String> all = options.isEmpty() ? List.of("-D" + PEERS + "=" + folder) : options;
        return SecondProcess.command(
                SecondProcess.javaCommand(
                        List.of(),
                        all,
                        Main.class,
                        "check",
                        "--peer",
                        "c",
                        "--mechanism",
                        mechanism));
    }
}
