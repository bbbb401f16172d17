// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real second process of a test, and what it prints. Its standard error goes to the build's. */
public final class SecondProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String END = "(end of output)";

    private final Process process;
    private final BufferedWriter input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> reader;

    private SecondProcess(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        input = process.outputWriter(StandardCharsets.UTF_8);
        reader = CompletableFuture.runAsync(this::read, SecondProcess::startDaemon);
    }

    /** Starts a program. */
    public static SecondProcess program(String... command) throws IOException {
        return new SecondProcess(List.of(command));
    }

    /** Starts a class of the tests in a JVM of its own, everything on its class path. */
    public static SecondProcess java(Class<?> main, String... arguments) throws IOException {
        return new SecondProcess(javaCommand(List.of(), List.of(), main, arguments));
    }

    /**
     * The command line that starts a class in a JVM of its own.
     *
     * @param prefix a program that starts the JVM, with its options; may be empty
     * @param options more options of the JVM
     * @param main the class
     * @param arguments of its main method
     */
    public static List<String> javaCommand(
            List<String> prefix, List<String> options, Class<?> main, String... arguments) {
        return javaCommand(prefix, options, classPath(main), main, arguments);
    }

    static List<String> javaCommand(
            List<String> prefix,
            List<String> options,
            List<String> classPath,
            Class<?> main,
            String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("--class-path", String.join(":", classPath)));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts what {@link #javaCommand} made. */
    public static SecondProcess command(List<String> command) throws IOException {
        return new SecondProcess(command);
    }

    /** The next line it prints. Fails when it ends or says nothing for too long. */
    public String readLine() throws InterruptedException {
        String line = lines.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new AssertionError("the second process said nothing within " + PATIENCE);
        }
        if (line.equals(END)) {
            throw new AssertionError("the second process ended with " + exitCode());
        }
        return line;
    }

    /** Sends it a line. */
    public void writeLine(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the second process did not end within " + PATIENCE);
        }
        return process.exitValue();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL and waits for that. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        kill();
        reader.join();
        try {
            input.close();
        } catch (IOException e) {
            // it is gone, and with it the reader of what was not flushed
        }
        process.getInputStream().close();
    }

    private static void startDaemon(Runnable task) {
        Thread.ofPlatform().daemon().name("output of second process").start(task);
    }

    private void read() {
        try {
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = output.readLine();
            while (line != null) {
                lines.add(line);
                line = output.readLine();
            }
        } catch (IOException e) {
            // closed by close(): there is nothing more to read
        } finally {
            lines.add(END);
        }
    }

    /** Everything this JVM has on a path, and where the main class comes from. */
    static List<String> classPath(Class<?> main) {
        Set<String> path = new LinkedHashSet<>();
        path.add(
                Path.of(main.getProtectionDomain().getCodeSource().getLocation().getPath())
                        .toString());
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            String value = System.getProperty(property, "");
            path.addAll(value.isEmpty() ? List.of() : List.of(value.split(":", -1)));
        }
        String patched = main.getModule().isNamed() ? "target/test-classes" : "";
        if (!patched.isEmpty()) {
            path.add(Path.of(patched).toAbsolutePath().toString());
        }
        return List.copyOf(path);
    }
}
