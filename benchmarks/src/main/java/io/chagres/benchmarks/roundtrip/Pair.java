// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The two processes of one contender, which live through all rounds of a mechanism. */
final class Pair implements AutoCloseable {

    private static final long END_SECONDS = 5;

    private final Process driver;
    private final Process echo;

    /** Ends the driver, which would wait for an answer for ever. */
    private final CompletableFuture<Void> echoIsGone;

    private final BufferedReader answers;
    private final Writer commands;

    /** What the rounds of a contender have cost. */
    record Cost(long nanos, long bytes) {}

    /**
     * Starts both, and returns when they are ready.
     *
     * @param command what both begin with, without the name and the role
     * @param name of their objects
     * @param rest of the arguments
     */
    Pair(List<String> command, String name, List<String> rest) throws IOException {
        driver = start(command, name, "driver", rest);
        answers = driver.inputReader();
        commands = driver.outputWriter();
        Process second = null;
        try {
            String created = answer(answers, driver);
            second = start(command, created.substring("created ".length()), "echo", rest);
            echoIsGone = second.onExit().thenRun(driver::destroy);
            tell("join");
            answer(second.inputReader(), second);
            answer(answers, driver);
        } catch (IOException | RuntimeException e) {
            end(driver);
            if (second != null) {
                end(second);
            }
            throw e;
        }
        echo = second;
    }

    private static Process start(List<String> command, String name, String role, List<String> rest)
            throws IOException {
        List<String> all = new ArrayList<>(command);
        all.add(name);
        all.add(role);
        all.addAll(rest);
        return new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Makes so many round trips. */
    Cost run(long count) throws IOException {
        tell("run " + count);
        String[] numbers = answer(answers, driver).split(" ", -1);
        return new Cost(
                Long.parseLong(numbers[0]), numbers.length > 1 ? Long.parseLong(numbers[1]) : 0);
    }

    private void tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    private static String answer(BufferedReader from, Process process) throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("ended too early: " + process.info().commandLine().orElse(""));
        }
        return line;
    }

    /** Ends both; the driver first, which removes the names. */
    @Override
    public void close() {
        echoIsGone.cancel(false);
        end(driver);
        end(echo);
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
