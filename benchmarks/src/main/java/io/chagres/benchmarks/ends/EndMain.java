// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

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
 * The process of one end: {@code EndMain MECHANISM CONTENDER NAME ROLE SIZE}, the role being {@code
 * driver}, {@code echo}, or {@code both} for what works inside of one process only. Its commands
 * and answers are those of {@code native/baselines/pair.h}.
 */
public final class EndMain {

    /** A method that returns is compiled as a whole. */
    private static final int CHUNK = 1_000;

    private static final int DRIVER_GONE = 3;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final End end;
    private final boolean echo;
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final AtomicBoolean removed = new AtomicBoolean();

    private EndMain(End end, boolean echo) {
        this.end = end;
        this.echo = echo;
    }

    /**
     * Runs an end until its standard input ends.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        JavaEnd kind = JavaEnd.of(args[0], args[1]);
        boolean echo = args[3].equals("echo");
        End end = kind.maker().make(new Role(args[2], !echo, Integer.parseInt(args[4])));
        EndMain main = new EndMain(end, echo);
        if (!echo) {
            end.create();
            System.out.println("created " + end.peerName());
        }
        Thread reader = new Thread(main::readCommands, "commands");
        reader.setDaemon(true);
        reader.start();
        if (echo) {
            end.join();
            System.out.println("ready");
            answer(end);
        }
        if (args[3].equals("both")) {
            startTwin(end);
        }
        while (true) {
            main.obey(main.commands.take());
        }
    }

    private static void answer(End end) throws IOException, InterruptedException {
        while (true) {
            end.echo(CHUNK);
        }
    }

    private static void startTwin(End end) {
        End twin = end.twin();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                Pinning.pinEcho();
                                twin.join();
                                answer(twin);
                            } catch (IOException | InterruptedException e) {
                                System.err.println(e);
                                Runtime.getRuntime().halt(1);
                            }
                        },
                        "echo");
        thread.setDaemon(true);
        thread.start();
    }

    private void obey(String command) throws IOException, InterruptedException {
        String[] words = command.split(" ", -1);
        if (words[0].equals("join")) {
            Pinning.pinDriver();
            end.join();
            System.out.println("ready");
            return;
        }
        removeNames();
        end.roundTrips(1); // the other one is awake then
        long count = Long.parseLong(words[1]);
        switch (words[0]) {
            case "trips" -> roundTrips(count);
            case "times" -> System.out.println("0 0 " + new TimedTrips(end).make(count));
            case "stream" -> stream(count);
            default -> throw new IOException("no such command: " + command);
        }
    }

    private void roundTrips(long count) throws IOException, InterruptedException {
        long bytes = allocated();
        long begin = System.nanoTime();
        for (long left = count; left > 0; left -= CHUNK) {
            end.roundTrips(Math.min(left, CHUNK));
        }
        long nanos = System.nanoTime() - begin;
        System.out.println(nanos + " " + (allocated() - bytes));
    }

    private void stream(long count) throws IOException, InterruptedException {
        long bytes = allocated();
        long begin = System.nanoTime();
        end.stream(count);
        long nanos = System.nanoTime() - begin;
        System.out.println(nanos + " " + (allocated() - bytes));
    }

    /** By this thread so far. */
    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private void removeNames() throws IOException {
        if (!echo && !removed.getAndSet(true)) {
            end.removeNames();
        }
    }

    /** Standard input ends with whoever started this, however that ends. */
    private void readCommands() {
        try {
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            String line;
            while ((line = input.readLine()) != null) {
                commands.add(line);
            }
            removeNames();
            if (!echo) {
                end.removeRest();
            }
        } catch (IOException e) {
            System.err.println(e);
        } finally {
            Runtime.getRuntime().halt(DRIVER_GONE);
        }
    }
}
