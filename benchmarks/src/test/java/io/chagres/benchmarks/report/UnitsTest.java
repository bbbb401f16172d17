// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class UnitsTest {

    @Test
    void timesHaveThreeDigitsAndAUnit() {
        assertThat(Units.time(0)).isEqualTo("0 ns");
        assertThat(Units.time(812)).isEqualTo("812 ns");
        assertThat(Units.time(5421)).isEqualTo("5.42 us");
        assertThat(Units.time(54_210)).isEqualTo("54.2 us");
        assertThat(Units.time(999_960)).isEqualTo("1.00 ms");
        assertThat(Units.time(2_000_000_000)).isEqualTo("2 s");
    }

    @Test
    void ratesAndBytesDo() {
        assertThat(Units.rate(2_412_345)).isEqualTo("2.41 M/s");
        assertThat(Units.byteRate(1.5 * (1 << 30))).isEqualTo("1.50 GiB/s");
        assertThat(Units.bytes(4096)).isEqualTo("4 KiB");
        assertThat(Units.bytes(0.024)).isEqualTo("0.02 B");
        assertThat(Units.bytes(Double.NaN)).isEqualTo("–");
    }

    @Test
    void ratiosSharesAndDurationsDo() {
        assertThat(Units.ratio(1.0434)).isEqualTo("1.043");
        assertThat(Units.ratio(12.34)).isEqualTo("12.3");
        assertThat(Units.share(0.0123)).isEqualTo("1.2 %");
        assertThat(Units.duration(59)).isEqualTo("59 s");
        assertThat(Units.duration(5025)).isEqualTo("1 h 23 min");
    }
}
