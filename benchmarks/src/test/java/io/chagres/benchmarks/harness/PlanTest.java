// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Placement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class PlanTest {

    private static final Effort EFFORT = Effort.quick(Effort.ROUNDS);

    private static Plan plan(String cpus, boolean quick, String... mechanisms) {
        Cpus allowed = Cpus.of(cpus);
        Selection selection =
                new Selection(List.of(mechanisms), List.of(), List.of(), List.of(), quick, "");
        Commands commands = new Commands(Path.of("/nonexistent"), allowed, "");
        return Plan.of(selection, commands, allowed, EFFORT);
    }

    @Test
    void quickIsOnePlacementAndOneSizeOfEachMechanism() {
        Plan plan = plan("0-1", true);
        assertThat(plan.groups())
                .hasSize(Mechanism.ALL.size())
                .allMatch(s -> s.workload().size() == 64)
                .allMatch(s -> s.placement() == s.mechanism().mostTelling());
    }

    @Test
    void fullIsEveryPlacementAndSize() {
        assertThat(plan("0-1", false, "fifo").groups()).hasSize(9);
    }

    @Test
    void longMessagesMakeNoRoundTrips() {
        assertThat(plan("0-1", false, "fifo").groups())
                .allMatch(s -> s.workload().roundTrips() == s.workload().size() <= 4096);
    }

    @Test
    void withoutProgramsInCTheyAreLeftOutWithTheReason() {
        Plan plan = plan("0-1", true, "posix-mq");
        assertThat(plan.leftOut())
                .extracting(LeftOut::contender)
                .containsExactly("c-threaded", "c");
        assertThat(plan.leftOut()).allMatch(l -> l.reason().contains("C compiler"));
        assertThat(plan.groups().get(0).contenders())
                .extracting(Contender::id)
                .containsExactly("chagres", "chagres-call");
    }

    @Test
    void onOneCpuTwoCoresAreLeftOutWithTheReason() {
        Plan plan = plan("3", false, "fifo");
        assertThat(plan.groups()).noneMatch(s -> s.placement() == Placement.SPLIT);
        assertThat(plan.leftOut())
                .anyMatch(
                        l ->
                                l.placement() == Placement.SPLIT
                                        && l.reason().contains("one CPU only"));
    }

    @Test
    void whatSpinsIsNotPutOnOneCore() {
        Plan plan = plan("0-1", false, "posix-shm");
        assertThat(plan.groups()).isNotEmpty().noneMatch(s -> s.placement() == Placement.SAME);
        assertThat(plan("3", false, "posix-shm").groups()).isEmpty();
    }

    @Test
    void whatSpinsHasTheFloorBesideIt() {
        assertThat(plan("0-1", true, "posix-shm").groups().get(0).contenders())
                .extracting(Contender::id)
                .contains("floor-jdk");
    }

    @ParameterizedTest
    @CsvSource({
        "unix-stream, 'chagres,chagres-call,jdk,junixsocket'",
        "unix-datagram, 'chagres,chagres-call,junixsocket'",
        "unix-seqpacket, 'chagres,chagres-call,junixsocket'",
    })
    void unixSocketsHaveWhatElseJavaHasBesideThem(String mechanism, String contenders) {
        assertThat(plan("0-1", true, mechanism).groups().get(0).contenders())
                .extracting(Contender::id)
                .containsExactly(contenders.split(",", -1));
    }

    @Test
    void aQueueIsAskedForNoLongerMessagesThanTheSystemAllows() {
        Mechanism queue =
                Mechanism.ALL.stream()
                        .filter(m -> m.id().equals("posix-mq"))
                        .findFirst()
                        .orElseThrow();
        assertThat(queue.longest()).isGreaterThanOrEqualTo(128); // the least that can be set
    }

    @Test
    void aSizeThatAMechanismCannotSendIsLeftOut() {
        Plan plan = plan("0-1", false, "udp");
        assertThat(plan.groups()).noneMatch(s -> s.workload().size() == 65_536);
        assertThat(plan.leftOut()).anyMatch(l -> l.reason().contains("65507"));
    }
}
