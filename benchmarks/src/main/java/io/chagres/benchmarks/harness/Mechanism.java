// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A way for messages to go.
 *
 * @param id as of {@code ./chagres check} where that has it too
 * @param spins whether its ends poll memory, and so need a core each
 * @param longest bytes that a message may have
 */
public record Mechanism(String id, boolean spins, int longest) {

    private static final int ANY = Integer.MAX_VALUE;

    private static final String QUEUE_LIMIT = "/proc/sys/fs/mqueue/msgsize_max";

    /** What IP version 4 allows, less its header and UDP's. */
    private static final int LONGEST_DATAGRAM = 65507;

    /**
     * Adding one is a line here, its contenders in Java, and a file in {@code native/baselines}.
     */
    public static final List<Mechanism> ALL =
            List.of(
                    new Mechanism("anonymous-pipe", false, ANY),
                    new Mechanism("fifo", false, ANY),
                    new Mechanism("posix-mq", false, longestQueued()),
                    new Mechanism("posix-sem", false, ANY),
                    new Mechanism("posix-shm", true, ANY),
                    new Mechanism("memfd", true, ANY),
                    new Mechanism("unix-stream", false, ANY),
                    new Mechanism("unix-datagram", false, ANY),
                    new Mechanism("unix-seqpacket", false, ANY),
                    new Mechanism("tcp", false, ANY),
                    new Mechanism("udp", false, LONGEST_DATAGRAM));

    /** The limit of mq_overview(7), of which there may be none to read. */
    private static int longestQueued() {
        try {
            // By lines, since the kernel gives a number in the first read alone, however short.
            return Integer.parseInt(Files.readAllLines(Path.of(QUEUE_LIMIT)).get(0));
        } catch (IOException | NumberFormatException e) {
            return ANY; // each contender tells why it could not
        }
    }

    /** The placement in which its binding shows most, and not the scheduler. */
    Placement mostTelling() {
        return spins ? Placement.SPLIT : Placement.SAME;
    }
}
