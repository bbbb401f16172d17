// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.Fifo;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.sync.NamedSemaphore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The process of {@link OpenAndCloseStressTest}. Its arguments are a kind, a name for the object, a
 * folder for FIFOs and the number of rounds; it prints by how much descriptors, mappings and
 * resident memory (in KiB) have grown.
 */
final class OpenAndClose {

    private static final int WARM_UP = 100_000;
    private static final int WORD = 50_000;

    enum Kind {
        MESSAGE_QUEUE,
        SHARED_MEMORY,
        MEMFD,
        SEMAPHORE,
        PIPE,
        FIFO
    }

    private interface Round {
        void run() throws Exception;
    }

    private OpenAndClose() {}

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[3]);
        switch (Kind.valueOf(args[0])) {
            case MESSAGE_QUEUE -> queues(args[1], rounds);
            case SHARED_MEMORY -> memory(args[1], rounds);
            case MEMFD -> repeat(rounds, OpenAndClose::memfd);
            case SEMAPHORE -> semaphores(args[1], rounds);
            case PIPE -> repeat(rounds, () -> AnonymousPipe.open().close());
            case FIFO -> fifos(Path.of(args[2], "fifo"), rounds);
        }
        System.exit(0); // a thread may be in the midst of opening a FIFO
    }

    private static void queues(String name, int rounds) throws Exception {
        MessageQueueOptions options = MessageQueueOptions.defaults().withDepth(1);
        MessageQueue.create(name, options.withMessageSize(8)).close();
        try {
            repeat(rounds, () -> MessageQueue.open(name).close());
        } finally {
            MessageQueue.unlink(name);
        }
    }

    private static void memory(String name, int rounds) throws Exception {
        SharedMemory.create(name, 4096).close();
        try {
            repeat(
                    rounds,
                    () -> {
                        try (SharedMemory memory = SharedMemory.open(name);
                                Mapping mapping = memory.map()) {
                            mapping.segment().fill((byte) 1);
                        }
                    });
        } finally {
            SharedMemory.unlink(name);
        }
    }

    private static void memfd() throws Exception {
        try (SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(4096));
                Mapping mapping = memory.map()) {
            mapping.segment().fill((byte) 1);
        }
    }

    private static void semaphores(String name, int rounds) throws Exception {
        NamedSemaphore.create(name, 1).close();
        try {
            repeat(rounds, () -> NamedSemaphore.open(name).close());
        } finally {
            NamedSemaphore.unlink(name);
        }
    }

    private static void fifos(Path path, int rounds) throws Exception {
        Fifo.create(path);
        Thread.ofPlatform().daemon().start(() -> writeForever(path));
        repeat(rounds, () -> Fifo.openSource(path, Duration.ofSeconds(30)).close());
    }

    private static void writeForever(Path path) {
        try {
            while (true) {
                Fifo.openSink(path).close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void repeat(int rounds, Round round) throws Exception {
        run(WARM_UP, round);
        System.gc();
        long descriptors = entries("/proc/self/fd");
        long mappings = mappings();
        long resident = residentKib();
        run(rounds, round);
        System.gc();
        System.out.println(
                (entries("/proc/self/fd") - descriptors)
                        + " "
                        + (mappings() - mappings)
                        + " "
                        + (residentKib() - resident));
    }

    private static void run(int rounds, Round round) throws Exception {
        for (int i = 0; i < rounds; i++) {
            if (i % WORD == 0) {
                System.out.println("round " + i);
            }
            round.run();
        }
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
        throw new IllegalStateException("no VmRSS");
    }
}
