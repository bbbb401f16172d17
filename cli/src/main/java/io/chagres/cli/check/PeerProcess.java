// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A running peer. It is ended when this is closed, and by itself when this process is gone. */
final class PeerProcess implements AutoCloseable {

    /** How often a wait looks whether the peer still lives. */
    static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final Process process;
    private final CompletableFuture<String> lastError;

    private PeerProcess(Process process) {
        this.process = process;
        this.lastError = inBackground(() -> lastLine(process));
    }

    static PeerProcess start(
            MechanismCheck check, Exchange exchange, PeerKind kind, String name, Phases phases)
            throws IOException {
        List<String> command = new ArrayList<>(kind.command(check));
        command.add(exchange.peerName(name));
        command.add(Integer.toString(check.maxMessage()));
        command.addAll(phases.asArguments());
        return new PeerProcess(exchange.start(new ProcessBuilder(command)));
    }

    /** Waits until the peer has opened its side. */
    void awaitReady(Duration timeout) throws IOException, InterruptedException {
        CompletableFuture<String> line = inBackground(this::firstLine);
        try {
            if (!line.get(timeout.toMillis(), TimeUnit.MILLISECONDS).equals("ready")) {
                process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
                throw new IOException("the peer did not start: " + ending());
            }
        } catch (TimeoutException e) {
            throw new IOException("the peer was not ready within " + seconds(timeout), e);
        } catch (ExecutionException e) {
            throw new IOException("the peer's output could not be read", e.getCause());
        }
    }

    /** A look at the peer, once in a while during a wait for it. */
    final class Look {
        private final Duration timeout;
        private final long end;

        private Look(Duration timeout) {
            this.timeout = timeout;
            this.end = System.nanoTime() + timeout.toNanos();
        }

        /** The process id of the peer. */
        long pid() {
            return process.pid();
        }

        /**
         * Passes while the peer is well and in time.
         *
         * @param what it is waited for to do, as in "answer"
         */
        void requireInTime(String what) throws IOException {
            requireWell();
            if (System.nanoTime() - end >= 0) {
                throw new IOException("the peer did not " + what + " within " + seconds(timeout));
            }
        }
    }

    /** For a wait that begins now. */
    Look look(Duration timeout) {
        return new Look(timeout);
    }

    /** Passes while the peer runs or has ended well. */
    void requireWell() throws IOException {
        if (!process.isAlive() && process.exitValue() != 0) {
            throw new IOException("the peer ended early: " + ending());
        }
    }

    /** What to report instead of a failure of this side, which may only follow the peer's end. */
    IOException reasonOf(IOException failure) throws InterruptedException {
        process.waitFor(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        try {
            requireWell();
            return failure;
        } catch (IOException ended) {
            ended.addSuppressed(failure);
            return ended;
        }
    }

    /** Waits for the peer's own, good end. */
    void awaitEnd(Duration timeout) throws IOException, InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("the peer did not end within " + seconds(timeout));
        }
        requireWell();
    }

    static String seconds(Duration timeout) {
        return timeout.toMillis() / 1000.0 + " s";
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** In a thread of its own: the common pool may have a single one, and a read occupies it. */
    private static CompletableFuture<String> inBackground(Supplier<String> read) {
        return CompletableFuture.supplyAsync(
                read, task -> Thread.ofPlatform().daemon().name("output of peer").start(task));
    }

    private String firstLine() {
        try {
            BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
            String line = reader.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    private String ending() {
        if (process.isAlive()) {
            return "it still runs";
        }
        String said =
                lastError.completeOnTimeout("", LAST_WORD.toMillis(), TimeUnit.MILLISECONDS).join();
        return "exit code " + process.exitValue() + (said.isEmpty() ? "" : ", " + said);
    }

    private static String lastLine(Process process) {
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            String last = "";
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                last = line;
            }
            return last;
        } catch (IOException e) {
            return "";
        }
    }
}
