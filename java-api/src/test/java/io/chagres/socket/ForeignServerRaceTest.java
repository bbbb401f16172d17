// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.AlreadyExistsException;
import io.chagres.NotFoundException;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that knows nothing of lock files takes a path while we take it over. */
@Tag("native")
@Tag("cross-process")
class ForeignServerRaceTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    /** It can bind only while there is no path: after we have removed a dead one. */
    @Test
    void aForeignServerThatOnlyBindsIsNeverReplacedWhileItLives() throws Exception {
        assertThat(race(folder.resolve("server"), false, 1)).matches("served [1-9]\\d* lost 0");
    }

    /** What it prints after we have taken the path over as often as we could meanwhile. */
    static String race(Path path, boolean unlinks, double seconds) throws Exception {
        UnixAddress address = UnixAddress.of(path);
        try (SecondProcess foreign = ForeignServer.start(path, unlinks, seconds)) {
            assertThat(foreign.readLine()).isEqualTo("begun");
            int taken = 0;
            while (foreign.isAlive()) {
                try {
                    TakeoverRacers.bind(taken, address).close();
                    taken++;
                } catch (AlreadyExistsException e) {
                    // it lives
                } catch (NotFoundException e) {
                    assertThat(unlinks).isTrue(); // it has removed ours, which it had seen dead
                }
            }
            assertThat(taken).isPositive();
            return foreign.readLine();
        }
    }
}
