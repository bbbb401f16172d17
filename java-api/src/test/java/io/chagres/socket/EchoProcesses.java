// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Ipc;
import io.chagres.test.Delays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Processes with a virtual thread for each of many connections. */
final class EchoProcesses {

    private EchoProcesses() {}

    /** A virtual thread for each connection, until that ends. */
    static void serve(UnixServerChannel server, CountDownLatch connected, AtomicInteger failures) {
        try {
            while (true) {
                UnixSocketChannel channel = server.accept();
                Thread.ofVirtual().start(() -> echo(channel, failures));
                connected.countDown();
            }
        } catch (io.chagres.ClosedException e) {
            // the end
        } catch (Exception e) {
            failures.incrementAndGet();
            System.err.println("accept: " + e);
        }
    }

    private static void echo(UnixSocketChannel channel, AtomicInteger failures) {
        byte[] frame = new byte[32];
        try (channel) {
            while (channel.readFully(frame) != Ipc.EOF) {
                channel.write(frame);
            }
        } catch (Exception e) {
            failures.incrementAndGet();
            System.err.println("echo: " + e);
        }
    }

    /**
     * What clients ask for: frames that tell whose they are.
     *
     * @param rounds echoes of each client
     * @param pauseMillis between them, on average
     */
    record Load(UnixAddress address, int clients, int rounds, int pauseMillis) {}

    /** Returns how many echoes were right. */
    private static long ask(Load load, int client, CountDownLatch start) throws Exception {
        byte[] frame = new byte[32];
        byte[] answer = new byte[32];
        long right = 0;
        Random random = new Random(client);
        try (UnixSocketChannel channel = UnixSocketChannel.connect(load.address())) {
            start.await();
            for (int round = 0; round < load.rounds(); round++) {
                Thread.sleep(random.nextInt(2 * load.pauseMillis() + 1));
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = (byte) (client * 7 + round * 13 + i);
                }
                channel.write(frame);
                boolean whole = channel.readFully(answer) == answer.length;
                right += whole && java.util.Arrays.equals(frame, answer) ? 1 : 0;
            }
        }
        return right;
    }

    /** Starts so many clients on virtual threads, and returns how many echoes were right. */
    private static long askAll(Load load, CountDownLatch start) throws InterruptedException {
        AtomicLong right = new AtomicLong();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < load.clients(); i++) {
            int client = i;
            Runnable asking =
                    () -> {
                        try {
                            right.addAndGet(ask(load, client, start));
                        } catch (Exception e) {
                            System.err.println("client: " + e);
                        }
                    };
            all.add(Thread.ofVirtual().start(asking));
        }
        for (Thread each : all) {
            each.join();
        }
        return right.get();
    }

    /** Arguments: a path, connections. Prints what delays it saw, and how many threads it had. */
    static final class Server {
        public static void main(String[] args) throws Exception {
            int connections = Integer.parseInt(args[1]);
            CountDownLatch connected = new CountDownLatch(connections);
            AtomicInteger failures = new AtomicInteger();
            Delays control = probe();
            try (UnixServerChannel server = UnixServerChannel.bind(UnixAddress.of(args[0]))) {
                Thread.ofVirtual().start(() -> serve(server, connected, failures));
                System.out.println("listens");
                connected.await();
                System.out.println("all are connected");
                probe(); // until it is compiled
                Delays probe = probe();
                System.err.println("beside echoes: " + probe + "; control, " + control);
                try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                    System.out.println(
                            (probe.millis(0.99) - control.millis(0.99)) + " " + tasks.count());
                }
                System.in.read();
            }
            System.out.println("failures " + failures);
        }

        /** How late a virtual thread is that sleeps. */
        private static Delays probe() throws InterruptedException {
            List<Delays> result = new ArrayList<>();
            Thread.ofVirtual().start(() -> result.add(Delays.ofSleeps(400, 5_000_000))).join();
            return result.get(0);
        }
    }

    /** Arguments: those of a load. Connects all; after a line, asks; prints what was right. */
    static final class Clients {
        public static void main(String[] args) throws Exception {
            CountDownLatch start = new CountDownLatch(1);
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                try {
                                    System.in.read();
                                } catch (java.io.IOException e) {
                                    System.err.println("clients: " + e);
                                }
                                start.countDown();
                            });
            Load load =
                    new Load(
                            UnixAddress.of(args[0]),
                            Integer.parseInt(args[1]),
                            Integer.parseInt(args[2]),
                            Integer.parseInt(args[3]));
            System.out.println("right " + askAll(load, start));
        }
    }

    /** Arguments: a path, clients. Server and clients in one, where there may be one carrier. */
    static final class OneForAll {
        public static void main(String[] args) throws Exception {
            int clients = Integer.parseInt(args[1]);
            AtomicInteger failures = new AtomicInteger();
            UnixAddress address = UnixAddress.of(args[0]);
            try (UnixServerChannel server = UnixServerChannel.bind(address)) {
                CountDownLatch connected = new CountDownLatch(clients);
                Thread.ofVirtual().start(() -> serve(server, connected, failures));
                Load load = new Load(address, clients, 10, 0);
                System.out.println("right " + askAll(load, new CountDownLatch(0)));
            }
            System.out.println("failures " + failures);
        }
    }
}
