// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.AlreadyExistsException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Second processes that take over the paths of dead servers. */
final class TakeoverRacers {

    /** A dead server leaves its path. */
    static final BindOptions LEAVES_ITS_PATH = BindOptions.defaults().withUnlinkOnClose(false);

    private static final VarHandle GATE = ValueLayout.JAVA_INT.varHandle();

    private TakeoverRacers() {}

    /** A number in a file that processes wait for, to begin at the same instant. */
    static MemorySegment gate(Path file, Arena arena) throws Exception {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, Integer.BYTES, arena);
        }
    }

    static void openGate(MemorySegment gate, int round) {
        GATE.setVolatile(gate, 0L, round);
    }

    private static void awaitGate(MemorySegment gate, int round) {
        while ((int) GATE.getVolatile(gate, 0L) < round) {
            LockSupport.parkNanos(1); // there may be more processes than processors
        }
    }

    /** A server of one of the kinds. */
    static Channel bind(int kind, UnixAddress address) throws Exception {
        return switch (kind % 3) {
            case 0 -> UnixServerChannel.bind(address, LEAVES_ITS_PATH);
            case 1 -> UnixDatagramChannel.bind(address, LEAVES_ITS_PATH);
            default -> UnixSeqPacketServerChannel.bind(address, LEAVES_ITS_PATH);
        };
    }

    /**
     * Arguments: the gate's file, threads. For each line "round path" all threads try to bind to
     * the path; it prints "ready", and then how many won and lost, and failures. For an empty line
     * it ends what it has won, and prints "ended".
     */
    static final class Races {
        public static void main(String[] args) throws Exception {
            int threads = Integer.parseInt(args[1]);
            Queue<Channel> won = new ConcurrentLinkedQueue<>();
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            try (Arena arena = Arena.ofShared()) {
                MemorySegment gate = gate(Path.of(args[0]), arena);
                System.out.println("started");
                for (String line = input.readLine(); line != null; line = input.readLine()) {
                    if (line.isEmpty()) {
                        for (Channel each : won) {
                            each.close();
                        }
                        won.clear();
                        System.out.println("ended");
                    } else {
                        String[] race = line.split(" ", 2);
                        race(gate, Integer.parseInt(race[0]), race[1], threads, won);
                    }
                }
            }
        }

        private static void race(
                MemorySegment gate, int round, String path, int threads, Queue<Channel> won)
                throws InterruptedException {
            AtomicInteger lost = new AtomicInteger();
            Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
            CountDownLatch ready = new CountDownLatch(threads);
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(threads);
            UnixAddress address = UnixAddress.of(path);
            for (int i = 0; i < threads; i++) {
                int kind = round + i;
                Runnable racer =
                        () -> {
                            ready.countDown();
                            try {
                                go.await();
                                won.add(bind(kind, address));
                            } catch (AlreadyExistsException e) {
                                lost.incrementAndGet();
                            } catch (Throwable t) {
                                failures.add(t);
                            }
                            over.countDown();
                        };
                Thread.ofPlatform().daemon().start(racer);
            }
            ready.await();
            System.out.println("ready");
            awaitGate(gate, round);
            go.countDown();
            over.await();
            System.out.println(won.size() + " " + lost + " " + failures);
        }
    }

    /** Argument: a path. Takes it over and dies, again and again. */
    static final class TakesOverForEver {
        public static void main(String[] args) throws Exception {
            UnixAddress address = UnixAddress.of(args[0]);
            int taken = 0;
            while (true) {
                try {
                    bind(taken, address).close();
                    taken++;
                    if (taken == 50) { // everything is loaded
                        System.out.println("begun");
                    }
                } catch (AlreadyExistsException e) {
                    // another one was faster
                }
            }
        }
    }
}
