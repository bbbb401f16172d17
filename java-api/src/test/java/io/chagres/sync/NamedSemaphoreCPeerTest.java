// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One semaphore, used by this JVM and by a C program that has it from {@code sem_open}. */
@Tag("native")
@Tag("cross-process")
class NamedSemaphoreCPeerTest {

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    @TempDir static Path folder;

    private final String ping = TestNames.posix();
    private final String pong = TestNames.posix();

    @BeforeAll
    static void compile() throws Exception {
        Path root = Path.of(System.getProperty("chagres.root"));
        Process compiler =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -o \"$1\" \"$2\" -lpthread",
                                "cc",
                                program(),
                                root.resolve("java-api/src/test/c/semaphore-peer.c").toString())
                        .inheritIO()
                        .start();
        assertThat(compiler.waitFor()).isZero();
    }

    private static String program() {
        return folder.resolve("semaphore-peer").toString();
    }

    @AfterEach
    void remove() throws IOException {
        Semaphores.removeIfThere(ping);
        Semaphores.removeIfThere(pong);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms({"sem_open/1", "sem_init/3", "sem_post/1"})
    void permitsGoBothWaysThroughWhatJavaHasCreated(Threads threads) throws Exception {
        int rounds = 2_000;
        try (NamedSemaphore out = NamedSemaphore.create(ping, 3);
                NamedSemaphore in = NamedSemaphore.create(pong, 0);
                SecondProcess peer =
                        SecondProcess.program(program(), "echo", ping, pong, "" + (rounds + 3))) {
            assertThat(peer.readLine()).isBetween("0", "3");
            Caller<Boolean> driver =
                    Caller.start(
                            threads,
                            () -> {
                                for (int i = 0; i < 3; i++) {
                                    Semaphores.acquire(in);
                                }
                                for (int i = 0; i < rounds; i++) {
                                    out.release();
                                    Semaphores.acquire(in);
                                }
                                return true;
                            });
            assertThat(driver.result()).isTrue();
            assertThat(peer.exitCode()).isZero();
            assertThat(out.value() + in.value()).isZero();
        }
    }

    @Test
    @Conforms({"sem_open/1", "sem_open/8"})
    void javaUsesWhatCHasCreated() throws Exception {
        try (SecondProcess peer = SecondProcess.program(program(), "create", ping, "2")) {
            assertThat(peer.readLine()).isEqualTo("2");
            try (NamedSemaphore semaphore = NamedSemaphore.open(ping)) {
                assertThat(semaphore.value()).isEqualTo(2);
                semaphore.acquire();
                semaphore.release(3);
                peer.writeLine("");
                assertThat(peer.readLine()).isEqualTo("3");
                for (int i = 3; i > 0; i--) {
                    assertThat(semaphore.tryAcquire()).isTrue();
                }
                peer.writeLine(""); // it waits
                semaphore.release();
                assertThat(peer.readLine()).isEqualTo("0");
            }
            peer.writeLine("end");
            assertThat(peer.exitCode()).isZero();
        }
    }

    /** The files are the same to the last byte. */
    @Test
    void javaMakesTheFileThatCMakes() throws Exception {
        try (SecondProcess peer = SecondProcess.program(program(), "create", ping, "5");
                NamedSemaphore semaphore = NamedSemaphore.create(pong, 5)) {
            assertThat(peer.readLine()).isEqualTo("5");
            assertThat(Files.readAllBytes(Semaphores.file(pong)))
                    .isEqualTo(Files.readAllBytes(Semaphores.file(ping)));
            assertThat(semaphore.value()).isEqualTo(5);
            peer.writeLine("end");
            assertThat(peer.exitCode()).isZero();
        }
    }
}
