// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The CPUs that this process may use, and which of them the two ends get. */
public final class Cpus {

    private static final String ALLOWED = "Cpus_allowed_list:";

    private final List<Integer> allowed;

    private Cpus(List<Integer> allowed) {
        this.allowed = allowed;
    }

    /** Of this process, from proc(5). */
    public static Cpus ofThisProcess() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(ALLOWED))
                .map(line -> of(line.substring(ALLOWED.length()).trim()))
                .findFirst()
                .orElseThrow();
    }

    /** As the kernel lists them: {@code 0-3,8}. */
    static Cpus of(String list) {
        List<Integer> allowed = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int cpu = Integer.parseInt(ends[0]); cpu <= last; cpu++) {
                allowed.add(cpu);
            }
        }
        return new Cpus(allowed);
    }

    /** How many there are. */
    public int count() {
        return allowed.size();
    }

    /** Whether there are enough for a placement. */
    public boolean allow(Placement placement) {
        return placement != Placement.SPLIT || count() > 1;
    }

    /** Of the end that measures; the last ones, since the first has the machine's interrupts. */
    String driver(Placement placement) {
        return placement == Placement.FREE ? "" : String.valueOf(fromEnd(0));
    }

    /** Of the end that answers. */
    String echo(Placement placement) {
        return placement == Placement.SPLIT ? String.valueOf(fromEnd(1)) : driver(placement);
    }

    private int fromEnd(int index) {
        return allowed.get(allowed.size() - 1 - index);
    }
}
