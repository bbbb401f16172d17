// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the machine others use, which is what its CPUs were busy with and we were not. Time
 * that a host has taken from a virtual machine counts as busy.
 */
final class ForeignCpu {

    private static final Path STAT = Path.of("/proc/stat");

    /** The unit of proc(5) on every Linux that this runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Of the line of all CPUs: after user, nice and system, and before what guests have used. */
    private static final int IDLE = 3;

    private static final int IO_WAIT = 4;
    private static final int GUEST = 8;

    private final List<ProcessHandle> own;
    private final long begin;
    private final long busyBefore;
    private final long ownBefore;

    /** Begins to measure. */
    private ForeignCpu(List<ProcessHandle> own) throws IOException {
        this.own = own;
        begin = System.nanoTime();
        busyBefore = busyNanos();
        ownBefore = ownNanos();
    }

    /**
     * From now on.
     *
     * @param others that are not foreign, besides this process
     */
    static ForeignCpu without(Stream<ProcessHandle> others) throws IOException {
        return new ForeignCpu(Stream.concat(Stream.of(ProcessHandle.current()), others).toList());
    }

    /** Until now, as a share of one CPU. */
    double share() throws IOException {
        long foreign = busyNanos() - busyBefore - (ownNanos() - ownBefore);
        return Math.max(0, foreign) / (double) (System.nanoTime() - begin);
    }

    private static long busyNanos() throws IOException {
        String[] fields = Files.readAllLines(STAT).get(0).split(" +", -1);
        long ticks = 0;
        for (int i = 0; i < GUEST; i++) {
            if (i != IDLE && i != IO_WAIT) {
                ticks += Long.parseLong(fields[i + 1]);
            }
        }
        return ticks * NANOS_PER_TICK;
    }

    private long ownNanos() throws IOException {
        long nanos = 0;
        for (ProcessHandle process : own) {
            Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
            if (Files.exists(threads)) {
                nanos += nanosOf(threads);
            }
        }
        return nanos;
    }

    /** Of all threads that there are; the first number is the time on a CPU. */
    private static long nanosOf(Path threads) throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(threads)) {
            for (Path thread : found) {
                String times = Files.readString(thread.resolve("schedstat"));
                nanos += Long.parseLong(times.substring(0, times.indexOf(' ')));
            }
        } catch (IOException e) {
            // a thread that ended meanwhile has used little
        }
        return nanos;
    }
}
