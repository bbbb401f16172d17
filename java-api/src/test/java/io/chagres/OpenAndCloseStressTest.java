// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.Fifo;
import io.chagres.shm.MapOptions;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.sync.NamedSemaphore;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A million times opened and closed: no descriptor, no mapping, no name and no memory stays. */
@Tag("stress")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class OpenAndCloseStressTest {

    private static final int ROUNDS = Integer.getInteger("chagres.rounds", 1_000_000);
    private static final int WARM_UP = 50_000;
    private static final long ALLOWED_KIB = 20 * 1024;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private interface Round {
        void run() throws Exception;
    }

    private static void repeat(String what, Round round) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            round.run();
        }
        System.gc();
        long descriptors = entries("/proc/self/fd");
        long mappings = mappings();
        long before = residentKib();
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
        System.gc();
        long grown = residentKib() - before;
        System.err.println(what + ", " + ROUNDS + " times: " + grown + " KiB more resident");
        assertThat(entries("/proc/self/fd")).isLessThanOrEqualTo(descriptors);
        assertThat(mappings()).isLessThanOrEqualTo(mappings + 16); // the JVM's own come and go
        assertThat(grown).isLessThanOrEqualTo(ALLOWED_KIB);
    }

    private static long entries(String directory) throws IOException {
        try (Stream<Path> all = Files.list(Path.of(directory))) {
            return all.count();
        }
    }

    private static long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).size();
    }

    private static long residentKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no VmRSS");
    }

    @Test
    void messageQueues() throws Exception {
        String name = TestNames.posix();
        MessageQueueOptions options = MessageQueueOptions.defaults().withDepth(1);
        try (MessageQueue first = MessageQueue.create(name, options.withMessageSize(8))) {
            repeat("a queue", () -> MessageQueue.open(name).close());
        } finally {
            MessageQueue.unlink(name);
        }
    }

    @Test
    void sharedMemory() throws Exception {
        String name = TestNames.posix();
        try (SharedMemory first = SharedMemory.create(name, 4096)) {
            repeat(
                    "shared memory with a mapping",
                    () -> {
                        try (SharedMemory memory = SharedMemory.open(name);
                                Mapping mapping = memory.map(MapOptions.readWrite())) {
                            assertThat(mapping.size()).isEqualTo(4096);
                        }
                    });
        } finally {
            SharedMemory.unlink(name);
        }
    }

    @Test
    void semaphores() throws Exception {
        String name = TestNames.posix();
        try (NamedSemaphore first = NamedSemaphore.create(name, 1)) {
            repeat("a semaphore", () -> NamedSemaphore.open(name).close());
        } finally {
            NamedSemaphore.unlink(name);
        }
    }

    @Test
    void pipes() throws Exception {
        repeat("a pipe", () -> AnonymousPipe.open().close());
    }

    @Test
    void fifos() throws Exception {
        Path path = folder.resolve("fifo");
        Fifo.create(path);
        Thread opener =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        while (!Thread.interrupted()) {
                                            Fifo.openSink(path).close();
                                        }
                                    } catch (InterruptedException e) {
                                        // the end of the test
                                    } catch (IpcException e) {
                                        throw new java.io.UncheckedIOException(e);
                                    }
                                });
        repeat("a FIFO", () -> Fifo.openSource(path, Duration.ofSeconds(30)).close());
        opener.interrupt();
        opener.join();
    }
}
