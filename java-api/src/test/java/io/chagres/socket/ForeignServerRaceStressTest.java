// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are not ours and remove dead paths themselves, without a lock. Between our last look
 * at the file and its removal such a one may come: that cannot be excluded, and is counted.
 */
@Tag("stress")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ForeignServerRaceStressTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @Test
    void aForeignServerThatOnlyBindsIsNeverReplacedWhileItLives() throws Exception {
        String report = ForeignServerRaceTest.race(folder.resolve("server"), false, 20);
        assertThat(report).matches("served [1-9]\\d* lost 0");
    }

    @Test
    void aForeignServerThatRemovesTheDeadItselfIsSeldomHit() throws Exception {
        String report = ForeignServerRaceTest.race(folder.resolve("server"), true, 20);
        System.err.println("a foreign server that removes dead paths without a lock: " + report);
        String[] words = report.split(" ", -1);
        long served = Long.parseLong(words[1]);
        assertThat(Long.parseLong(words[3])).isLessThanOrEqualTo(served / 100);
    }
}
