// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class AnswerTest {

    @Test
    void aRoundHasItsNanosecondsAndBytes() throws IOException {
        Answer answer = Answer.of("123456 789");
        assertThat(answer.nanos()).isEqualTo(123_456);
        assertThat(answer.bytes()).isEqualTo(789);
        assertThat(answer.times().getTotalCount()).isZero();
    }

    @Test
    void timesAreCounted() throws IOException {
        Answer answer = Answer.of("0 0 1000:98,2000:1,50000:1");
        assertThat(answer.times().getTotalCount()).isEqualTo(100);
        assertThat(answer.times().getValueAtPercentile(50)).isEqualTo(1000);
        assertThat(answer.times().getMaxValue()).isGreaterThanOrEqualTo(50_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "seven 7", "0 0 1000", "0 0 1000:", "0 0 -5:1"})
    void anythingElseIsAnError(String line) {
        assertThatThrownBy(() -> Answer.of(line)).isInstanceOf(IOException.class);
    }
}
