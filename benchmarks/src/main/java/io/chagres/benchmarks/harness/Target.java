// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Placement;
import java.util.List;

/**
 * What is promised of a mechanism.
 *
 * @param mechanisms of which it is promised
 * @param to with whom Chagres is compared
 * @param measure by what
 * @param sizes of messages for which it holds
 * @param bound the most for round trips, the least for throughput
 */
record Target(
        List<String> mechanisms, String to, Measure measure, List<Integer> sizes, double bound) {

    private static final List<Integer> SMALL = List.of(64);
    private static final List<Integer> EVERY = List.of(64, 4096, 65536);

    private static final List<String> QUEUES = List.of("anonymous-pipe", "fifo", "posix-mq");

    private static final List<String> STREAM = List.of("unix-stream");

    private static final List<String> SOCKETS =
            List.of("unix-stream", "unix-datagram", "unix-seqpacket");

    /** All of them, each in the mechanism's most telling placement. */
    static final List<Target> ALL =
            List.of(
                    new Target(QUEUES, Contender.THREADED_C, Measure.ROUND_TRIP, SMALL, 1.08),
                    new Target(
                            List.of("posix-sem"),
                            Contender.THREADED_C,
                            Measure.ROUND_TRIP,
                            SMALL,
                            1.10),
                    new Target(QUEUES, Contender.THREADED_C, Measure.THROUGHPUT, EVERY, 0.95),
                    new Target(List.of("fifo"), Contender.JDK, Measure.THROUGHPUT, SMALL, 1.3),
                    new Target(
                            List.of("anonymous-pipe", "fifo", "posix-mq", "posix-sem"),
                            Contender.CALL_LAYER,
                            Measure.ROUND_TRIP,
                            SMALL,
                            1.03),
                    new Target(SOCKETS, Contender.THREADED_C, Measure.ROUND_TRIP, SMALL, 1.08),
                    new Target(SOCKETS, Contender.CALL_LAYER, Measure.ROUND_TRIP, SMALL, 1.03),
                    new Target(STREAM, Contender.JDK, Measure.ROUND_TRIP, SMALL, 0.95),
                    new Target(STREAM, Contender.JUNIXSOCKET, Measure.ROUND_TRIP, SMALL, 0.85),
                    new Target(STREAM, Contender.JDK, Measure.THROUGHPUT, SMALL, 1.2),
                    new Target(STREAM, Contender.JUNIXSOCKET, Measure.THROUGHPUT, SMALL, 1.35));

    /** Whether it speaks of a comparison. */
    boolean covers(Mechanism mechanism, String other, Measure of, Placement placement, int size) {
        return mechanisms.contains(mechanism.id())
                && to.equals(other)
                && measure == of
                && placement == mechanism.mostTelling()
                && sizes.contains(size);
    }
}
