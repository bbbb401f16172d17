// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that has no descriptor left does not spin while connections wait. */
@Tag("stress")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AcceptLimitStressTest {

    /** Of fifty. */
    private static final long ALLOWED_TICKS = 5;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(Threads.class)
    void theLibraryRestsWhileConnectionsWait(Threads threads) throws Exception {
        long ticks = AcceptLimitTest.run(folder, threads);
        System.err.println("accept without a descriptor on " + threads + ": ticks " + ticks);
        assertThat(ticks).isLessThan(ALLOWED_TICKS);
    }
}
