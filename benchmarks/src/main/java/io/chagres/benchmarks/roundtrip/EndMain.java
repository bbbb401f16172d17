// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The process of one end: {@code EndMain MECHANISM NAME driver|echo}. Its commands and answers are
 * those of {@code native/baselines/roundtrip.c}, and after the nanoseconds it says how many bytes
 * it has allocated.
 */
final class EndMain {

    private static final int CHUNK = 1_000;
    private static final int DRIVER_GONE = 3;

    private static final AtomicBoolean REMOVED = new AtomicBoolean();

    private EndMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean driver = args[2].equals("driver");
        End end = Candidate.of(args[0]).maker().make(args[1], driver);
        BlockingQueue<String> commands = new LinkedBlockingQueue<>();
        if (driver) {
            end.create();
            System.out.println("created " + end.peerName());
        }
        Thread reader = new Thread(() -> readCommands(end, driver, commands), "commands");
        reader.setDaemon(true);
        reader.start();
        if (!driver) {
            end.join();
            System.out.println("ready");
            while (true) {
                end.echo(CHUNK); // a method that returns is compiled as a whole
            }
        }
        while (true) {
            obey(end, commands.take());
        }
    }

    private static void obey(End end, String command) throws IOException, InterruptedException {
        if (command.equals("join")) {
            end.join();
            System.out.println("ready");
        } else if (command.startsWith("run ")) {
            run(end, Long.parseLong(command.substring("run ".length())));
        } else {
            throw new IOException("no such command: " + command);
        }
    }

    private static void run(End end, long count) throws IOException, InterruptedException {
        removeNames(end);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        for (long left = count; left > 0; left -= CHUNK) {
            end.drive(Math.min(left, CHUNK));
        }
        long nanos = System.nanoTime() - begin;
        System.out.println(nanos + " " + (threads.getCurrentThreadAllocatedBytes() - bytes));
    }

    private static void removeNames(End end) throws IOException {
        if (!REMOVED.getAndSet(true)) {
            end.removeNames();
        }
    }

    /** Standard input ends with whoever started this, however that ends. */
    private static void readCommands(End end, boolean driver, BlockingQueue<String> commands) {
        try {
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            String line;
            while ((line = input.readLine()) != null) {
                commands.add(line);
            }
            if (driver) {
                removeNames(end);
            }
        } catch (IOException e) {
            System.err.println(e);
        } finally {
            Runtime.getRuntime().halt(DRIVER_GONE);
        }
    }
}
