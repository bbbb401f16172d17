// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.Threads;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A million writes to dead peers. */
@Tag("stress")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DeadPeerStressTest {

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aMillionWritesToADeadPeerCostNothing(Threads threads) throws Exception {
        long kibibytes = DeadPeerTest.kibibytesOf(1_000_000, threads);
        System.err.println(
                "a million writes to dead peers on " + threads + ": " + kibibytes + " KiB");
        assertThat(kibibytes).isLessThan(64 * 1024);
    }
}
