// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.SecondProcess;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that race for the path of a dead server, round after round. */
final class TakeoverRace implements AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final Path gateFile;
    private final MemorySegment gate;
    private final Path path;
    private final int threads;
    private final List<SecondProcess> racers = new ArrayList<>();
    private int round;

    TakeoverRace(Path folder, int processes, int threads) throws Exception {
        this.gateFile = folder.resolve("gate");
        this.path = folder.resolve("server");
        this.gate = TakeoverRacers.gate(gateFile, arena);
        this.threads = threads;
        for (int i = 0; i < processes; i++) {
            racers.add(null);
            start(i);
        }
        for (SecondProcess each : racers) {
            assertThat(each.readLine()).isEqualTo("started");
        }
    }

    private void start(int index) throws Exception {
        racers.set(
                index,
                SecondProcess.java(
                        TakeoverRacers.Races.class,
                        gateFile.toString(),
                        Integer.toString(threads)));
    }

    /** Leaves the path as a server does that has died. */
    void leaveStale() throws Exception {
        TakeoverRacers.bind(0, UnixAddress.of(path)).close();
        assertThat(path).exists();
    }

    /**
     * All at once.
     *
     * @return the process that has won
     */
    int run() throws Exception {
        round++;
        for (SecondProcess each : racers) {
            each.writeLine(round + " " + path);
        }
        for (SecondProcess each : racers) {
            assertThat(each.readLine()).isEqualTo("ready");
        }
        TakeoverRacers.openGate(gate, round);
        int winner = -1;
        List<String> reports = new ArrayList<>();
        for (int i = 0; i < racers.size(); i++) {
            String report = racers.get(i).readLine();
            reports.add(report);
            if (report.startsWith("1 ")) {
                winner = i;
            }
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < racers.size(); i++) {
            expected.add(i == winner ? "1 " + (threads - 1) + " []" : "0 " + threads + " []");
        }
        assertThat(reports).as("round " + round).isEqualTo(expected);
        assertThat(winner).as("winner of round " + round).isNotNegative();
        assertThat(living(path)).as("servers of round " + round).isEqualTo(1);
        assertThat(lock()).doesNotExist();
        return winner;
    }

    Path lock() {
        return Path.of(path + ".lock");
    }

    /** The winner ends, and leaves its path. */
    void end(int winner) throws Exception {
        racers.get(winner).writeLine("");
        assertThat(racers.get(winner).readLine()).isEqualTo("ended");
        assertThat(living(path)).isZero();
        assertThat(path).exists();
    }

    /** The winner is killed, and another process takes its place. */
    void kill(int winner) throws Exception {
        racers.get(winner).close();
        assertThat(living(path)).isZero();
        assertThat(path).exists();
        start(winner);
        assertThat(racers.get(winner).readLine()).isEqualTo("started");
    }

    /** Sockets of any kind that the kernel has under a path. */
    static long living(Path path) throws Exception {
        return Files.readAllLines(Path.of("/proc/net/unix")).stream()
                .filter(line -> line.endsWith(" " + path))
                .count();
    }

    @Override
    public void close() throws Exception {
        for (SecondProcess each : racers) {
            each.close();
        }
        arena.close();
    }
}
