// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import io.chagres.IpcException;
import io.chagres.benchmarks.harness.LastWords;
import io.chagres.mq.MessageQueue;
import io.chagres.shm.SharedMemory;
import io.chagres.sync.NamedSemaphore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in a cold JVM.
 *
 * @param command its command line, but for the name of what it makes
 * @param name of what it makes, which it is told
 * @param errors where its standard error goes
 */
record Program(List<String> command, String name, Path errors) {

    /**
     * Of a class, in a JVM like this one.
     *
     * @param main the class
     * @param directory of its files; the last part of a name there begins POSIX names too
     * @param options of the JVM
     */
    static Program of(Class<?> main, Path directory, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.add(main.getName());
        return new Program(
                command,
                "/" + directory.getFileName() + "-" + main.getSimpleName(),
                directory.resolve("errors"));
    }

    /**
     * Runs it from start to end.
     *
     * @return how many nanoseconds that took
     * @throws IOException with what it has said last, if it fails
     */
    double nanos() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.add(name);
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile());
        long begin = System.nanoTime();
        int exitCode = builder.start().waitFor();
        long nanos = System.nanoTime() - begin;
        if (exitCode != 0) {
            removeNames();
            throw new IOException(LastWords.of(errors, "exit code " + exitCode));
        }
        return nanos;
    }

    /** One that was killed may not have come to that. */
    private void removeNames() {
        remove(MessageQueue::unlink);
        remove(NamedSemaphore::unlink);
        remove(SharedMemory::unlink);
    }

    private interface Unlinking {
        void unlink(String name) throws IpcException;
    }

    private void remove(Unlinking unlinking) {
        try {
            unlinking.unlink(name);
        } catch (IpcException e) {
            // there is none, as it should be, or nothing of that kind here
        }
    }
}
