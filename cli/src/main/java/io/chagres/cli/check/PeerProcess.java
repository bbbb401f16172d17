// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running peer. It is ended when this is closed, and by itself when this process is gone. */
final class PeerProcess implements AutoCloseable {

    private final Process process;
    private final Path errors;

    private PeerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static PeerProcess start(MechanismCheck check, PeerKind kind, String name, Phases phases)
            throws IOException {
        List<String> command = new ArrayList<>(kind.command(check));
        command.add(name);
        command.add(Integer.toString(check.maxMessage()));
        command.addAll(phases.asArguments());
        Path errors = Files.createTempFile("chagres-peer", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            return new PeerProcess(builder.start(), errors);
        } catch (IOException e) {
            Files.delete(errors);
            throw e;
        }
    }

    /** Waits until the peer has opened its side. */
    void awaitReady(Duration timeout) throws IOException, InterruptedException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::firstLine);
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

    /** Passes while the peer runs or has ended well. */
    void requireWell() throws IOException {
        if (!process.isAlive() && process.exitValue() != 0) {
            throw new IOException("the peer ended early: " + ending());
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
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            errors.toFile().deleteOnExit();
        }
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

    private String ending() throws IOException {
        if (process.isAlive()) {
            return "it still runs";
        }
        String said = Files.readString(errors).strip();
        String lastLine = said.substring(said.lastIndexOf('\n') + 1);
        return "exit code " + process.exitValue() + (said.isEmpty() ? "" : ", " + lastLine);
    }
}
