// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.test.LeakCheck;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link InheritanceTest} with more children. */
@Tag("stress")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class InheritanceStressTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @Test
    void twoThousandChildrenStartedWhileSocketsAreOpenedInheritNone() throws Exception {
        Inheritance.start(folder, 2_000);
    }
}
