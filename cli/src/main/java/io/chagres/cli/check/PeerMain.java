// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * The peer of a check in a JVM of its own. Usage: {@code PeerMain MECHANISM NAME MAX VARIED FIXED
 * STREAMED}; phases and exit codes are those of {@code native/peers/peer.h}.
 */
final class PeerMain {

    private static final int FAILED = 1;
    private static final int WRONG_PAYLOAD = 2;
    private static final int DRIVER_GONE = 3;

    /** The driver has the deadlines, and ends this process when one passes. */
    private static final Duration LONG = Duration.ofHours(1);

    private PeerMain() {}

    public static void main(String[] args) throws InterruptedException {
        watchDriver();
        try {
            join(args);
        } catch (WrongPayloadException e) {
            exit(WRONG_PAYLOAD, e);
        } catch (IOException | RuntimeException e) {
            exit(FAILED, e);
        }
    }

    /** The last line of standard error becomes the note of the report. */
    private static void exit(int code, Exception e) {
        System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
        System.exit(code);
    }

    private static void join(String[] args) throws IOException, InterruptedException {
        MechanismCheck check =
                MechanismCheck.ALL.stream()
                        .filter(c -> c.mechanism().id().equals(args[0]))
                        .findFirst()
                        .orElseThrow();
        Phases phases = Phases.ofArguments(args[3], args[4], args[5]);
        try (Exchange exchange = check.join(args[1])) {
            System.out.println("ready");
            answer(exchange, phases, Integer.parseInt(args[2]));
        }
    }

    static void answer(Exchange exchange, Phases phases, int max)
            throws IOException, InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(max);
            for (long i = 0; i < phases.all(); i++) {
                int length = phases.length(i, max);
                int received = exchange.receive(buffer, LONG);
                if (received < 0) {
                    throw new IOException("no message " + i + " within " + LONG);
                }
                Payload.verify(buffer.asSlice(0, received), i, Payload.REQUEST, length);
                if (i < phases.paired()) {
                    reply(exchange, buffer.asSlice(0, length), i);
                }
            }
            reply(exchange, buffer.asSlice(0, Payload.FIXED_LENGTH), phases.all());
        }
    }

    private static void reply(Exchange exchange, MemorySegment message, long number)
            throws IOException, InterruptedException {
        Payload.fill(message, number, Payload.REPLY);
        if (!exchange.send(message, LONG)) {
            throw new IOException("answer " + number + " not taken within " + LONG);
        }
    }

    /** Standard input ends with the driver, however that ends. */
    private static void watchDriver() {
        Thread watcher =
                new Thread(
                        () -> {
                            try (InputStream in = System.in) {
                                while (in.read() >= 0) {
                                    // nothing is ever sent
                                }
                            } catch (IOException e) {
                                // as good as an end
                            }
                            Runtime.getRuntime().halt(DRIVER_GONE);
                        },
                        "driver-watch");
        watcher.setDaemon(true);
        watcher.start();
    }
}
