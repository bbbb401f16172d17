// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The processes of one contender, which live through all rounds. */
final class Pair implements AutoCloseable {

    private static final long END_SECONDS = 5;

    /** Nothing that is asked for takes this long unless it hangs. */
    private static final long ANSWER_SECONDS = 60;

    private static final Executor WHEN_LATE =
            CompletableFuture.delayedExecutor(ANSWER_SECONDS, TimeUnit.SECONDS);

    /** What the exit code of a process that a signal has ended is above. */
    private static final int SIGNALLED = 128;

    private static final Executor FORCE =
            CompletableFuture.delayedExecutor(END_SECONDS, TimeUnit.SECONDS);

    private final Path errors;
    private final Process driver;
    private final BufferedReader answers;
    private final Writer commands;
    private @Nullable Process echo;

    /** Ends the driver, which would wait for an answer for ever. */
    private @Nullable CompletableFuture<Void> echoIsGone;

    /** The command line of an end, by the name that it is told. */
    interface CommandLine {

        /** Of the driver, or of the echo. */
        List<String> of(String name, boolean driver);
    }

    /**
     * Starts them, and returns when they are ready.
     *
     * @param command of each
     * @param name of their objects
     * @param oneProcess whether there is no other than the driver
     */
    Pair(CommandLine command, Path name, boolean oneProcess) throws IOException {
        errors = Path.of(name + ".errors");
        driver = start(command.of(name.toString(), true));
        answers = driver.inputReader();
        commands = driver.outputWriter();
        try {
            String created = answer(answers).substring("created ".length());
            if (oneProcess) {
                tell("join");
            } else {
                Process second = start(command.of(created, false));
                echo = second;
                echoIsGone = second.onExit().thenRun(this::endDriver);
                tell("join");
                answer(second.inputReader());
            }
            answer(answers);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
    }

    /** Gives an order, and returns the numbers that answer it. */
    Answer run(String order, long count) throws IOException {
        tell(order + " " + count);
        return Answer.of(answer(answers));
    }

    private void tell(String command) throws IOException {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private String answer(BufferedReader from) throws IOException {
        CompletableFuture<Void> late = CompletableFuture.runAsync(this::endDriver, WHEN_LATE);
        String line = from.readLine();
        if (!late.cancel(false)) {
            throw new IOException("no answer in " + ANSWER_SECONDS + " s");
        }
        if (line == null) {
            throw ended(null);
        }
        return line;
    }

    /** What the process has said last is the reason. */
    private IOException ended(@Nullable IOException cause) throws IOException {
        return new IOException(LastWords.of(errors, silence()), cause);
    }

    private String silence() {
        Process second = echo;
        Process first = second != null && !second.isAlive() ? second : driver;
        int code = first.isAlive() ? 0 : first.exitValue();
        return code > SIGNALLED
                ? "was killed by signal " + (code - SIGNALLED)
                : "ended without an error message";
    }

    /** By the end of its input, so that it removes the names; by force if it does not see that. */
    private void endDriver() {
        try {
            driver.getOutputStream().close();
        } catch (IOException e) {
            // it has ended
        }
        FORCE.execute(driver::destroyForcibly);
    }

    /** What is done to each of two processes. */
    interface PidAction {

        /** Does it to the driver, or to the echo. */
        void accept(boolean driver, long pid) throws IOException;
    }

    /** Does something to both processes; nothing where both ends are in one. */
    void forBoth(PidAction action) throws IOException {
        Process second = echo;
        if (second != null) {
            action.accept(true, driver.pid());
            action.accept(false, second.pid());
        }
    }

    /** All of its processes. */
    List<ProcessHandle> processes() {
        Process second = echo;
        Stream<Process> ends = second == null ? Stream.of(driver) : Stream.of(driver, second);
        return ends.map(Process::toHandle)
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
    }

    /** Ends them; the driver first, which removes the names. */
    @Override
    public void close() {
        CompletableFuture<Void> watch = echoIsGone;
        if (watch != null) {
            watch.cancel(false);
        }
        end(driver);
        Process second = echo;
        if (second != null) {
            // It has nothing to remove, and one without a second thread does not see its input end.
            second.destroyForcibly();
        }
    }

    private static void end(Process process) {
        try {
            process.getOutputStream().close();
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // it has ended, and its standard input with it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
