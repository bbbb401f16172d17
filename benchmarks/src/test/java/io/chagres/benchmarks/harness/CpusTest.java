// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.benchmarks.results.Placement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CpusTest {

    @Test
    void rangesAndSingleOnesAreCounted() {
        assertThat(Cpus.of("0-3,8").count()).isEqualTo(5);
        assertThat(Cpus.of("5").count()).isEqualTo(1);
    }

    @Test
    void theLastOnesAreUsed() {
        Cpus cpus = Cpus.of("0-2,7");
        assertThat(cpus.driver(Placement.SAME)).isEqualTo("7");
        assertThat(cpus.echo(Placement.SAME)).isEqualTo("7");
        assertThat(cpus.driver(Placement.SPLIT)).isEqualTo("7");
        assertThat(cpus.echo(Placement.SPLIT)).isEqualTo("2");
        assertThat(cpus.driver(Placement.FREE)).isEmpty();
        assertThat(cpus.echo(Placement.FREE)).isEmpty();
    }

    @Test
    void oneAloneIsNotEnoughForTwoCores() {
        assertThat(Cpus.of("3").allow(Placement.SPLIT)).isFalse();
        assertThat(Cpus.of("3").allow(Placement.SAME)).isTrue();
        assertThat(Cpus.of("3,4").allow(Placement.SPLIT)).isTrue();
    }
}
