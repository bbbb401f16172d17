// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.test.LeakCheck;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Children that are started while sockets are opened inherit none of them. */
@Tag("native")
@Tag("cross-process")
class InheritanceTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    @Test
    void childrenStartedWhileSocketsAreOpenedInheritNone() throws Exception {
        Inheritance.start(folder, 100);
    }
}
