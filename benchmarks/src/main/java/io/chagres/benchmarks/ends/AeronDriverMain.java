// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Aeron's media driver: {@code AeronDriverMain DIRECTORY}, until its standard input ends. Its only
 * part in messages over memory is to tell the sender how far it may go; where it has no core of its
 * own, it must not take that of an end, and so it sleeps in between.
 */
final class AeronDriverMain {

    /** The longest that Aeron knows. A message that fits needs not be put together again. */
    private static final int MTU = 65_504;

    /** Half of it may be under way. What is less stops the sender until the driver looks again. */
    private static final int TERM_BYTES = 16 << 20;

    private static final int SPINS = 10;
    private static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private AeronDriverMain() {}

    /** Starts it as a child, and returns when it is ready. */
    static void start(String directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.addAll(List.of(AeronDriverMain.class.getName(), directory));
        InputStream output =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .getInputStream();
        String line =
                new BufferedReader(new InputStreamReader(output, StandardCharsets.US_ASCII))
                        .readLine();
        if (line == null) {
            throw new IOException("the media driver has ended");
        }
    }

    /**
     * Runs it.
     *
     * @param args see above
     */
    public static void main(String[] args) throws IOException {
        MediaDriver.Context context =
                new MediaDriver.Context()
                        .aeronDirectoryName(args[0])
                        .threadingMode(ThreadingMode.SHARED)
                        .sharedIdleStrategy(
                                new BackoffIdleStrategy(
                                        SPINS, SPINS, SHORTEST_NANOS, LONGEST_NANOS))
                        .termBufferSparseFile(false)
                        .ipcMtuLength(MTU)
                        .ipcTermBufferLength(TERM_BYTES);
        MediaDriver.launch(context);
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
        // What it has in its directory is removed with that: see AeronEnd.
        Runtime.getRuntime().halt(0);
    }
}
