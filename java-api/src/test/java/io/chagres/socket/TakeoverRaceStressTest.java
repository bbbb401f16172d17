// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.TimedOutException;
import io.chagres.test.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The races of {@link TakeoverRaceTest}, more often and with more racers. */
@Tag("stress")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class TakeoverRaceStressTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @Test
    void inAThousandRacesExactlyOneWinsEachTime() throws Exception {
        try (TakeoverRace race = new TakeoverRace(folder, 4, 3)) {
            race.leaveStale();
            for (int i = 0; i < 1_000; i++) {
                int winner = race.run();
                if (i % 50 == 49) {
                    race.kill(winner);
                } else {
                    race.end(winner);
                }
            }
        }
    }

    @Test
    void ofAThousandThatRaceAtOnceExactlyOneWins() throws Exception {
        try (TakeoverRace race = new TakeoverRace(folder, 4, 250)) {
            race.leaveStale();
            for (int i = 0; i < 10; i++) {
                race.end(race.run());
            }
        }
    }

    @Test
    void aRacerMayBeKilledAtEachStep() throws Exception {
        Path path = folder.resolve("server");
        Random random = new Random(11);
        Map<String, Integer> left = new TreeMap<>();
        for (int i = 0; i < 120; i++) {
            TakeoverRaceTest.killAmidTakeover(path, random.nextLong(3_000_000));
            String found =
                    "path "
                            + Files.exists(path)
                            + ", lock file "
                            + Files.exists(folder.resolve("server.lock"));
            left.merge(found, 1, Integer::sum);
            TakeoverRaceTest.requireTakeover(path);
        }
        System.err.println("killed racers have left: " + left);
    }

    @Test
    void aLockThatIsHeldForTooLongIsToldAndNothingHasChanged() throws Exception {
        Path path = folder.resolve("server");
        TakeoverRacers.bind(0, UnixAddress.of(path)).close();
        try (HeldLock held = HeldLock.of(folder.resolve("server.lock"))) {
            assertThatThrownBy(() -> UnixServerChannel.bind(UnixAddress.of(path)))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("another process holds the lock");
            assertThat(path).exists();
        }
        TakeoverRaceTest.requireTakeover(path);
    }
}
