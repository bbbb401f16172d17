// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Placement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class TargetTest {

    private static Mechanism mechanism(String id) {
        return Mechanism.ALL.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
    }

    private static List<Double> bounds(
            String mechanism, String to, Measure measure, Placement where, int size) {
        return Target.ALL.stream()
                .filter(t -> t.covers(mechanism(mechanism), to, measure, where, size))
                .map(Target::bound)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "unix-stream, c-threaded, ROUND_TRIP, 1.08",
        "unix-stream, chagres-call, ROUND_TRIP, 1.03",
        "unix-stream, jdk, ROUND_TRIP, 0.95",
        "unix-stream, junixsocket, ROUND_TRIP, 0.85",
        "unix-stream, jdk, THROUGHPUT, 1.2",
        "unix-stream, junixsocket, THROUGHPUT, 1.35",
        "unix-datagram, c-threaded, ROUND_TRIP, 1.08",
        "unix-seqpacket, c-threaded, ROUND_TRIP, 1.08",
        "unix-seqpacket, chagres-call, ROUND_TRIP, 1.03",
    })
    void whatIsPromisedOfUnixSockets(String mechanism, String to, Measure measure, double bound) {
        assertThat(bounds(mechanism, to, measure, Placement.SAME, 64)).containsExactly(bound);
        assertThat(bounds(mechanism, to, measure, Placement.SPLIT, 64)).isEmpty();
    }

    @Test
    void noComparisonHasTwoTargets() {
        for (Mechanism mechanism : Mechanism.ALL) {
            for (Contender contender : Contender.of(mechanism)) {
                for (Measure measure : Measure.values()) {
                    for (int size : Selection.SIZES) {
                        Placement where = mechanism.mostTelling();
                        assertThat(bounds(mechanism.id(), contender.id(), measure, where, size))
                                .hasSizeLessThanOrEqualTo(1);
                    }
                }
            }
        }
    }
}
