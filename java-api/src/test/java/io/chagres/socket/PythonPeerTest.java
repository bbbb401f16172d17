// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Python's standard library at the other end. */
@Tag("native")
@Tag("cross-process")
class PythonPeerTest extends ForeignPeerContract {

    @Override
    List<String> command() {
        Path root = Path.of(System.getProperty("chagres.root"));
        return List.of("python3", root.resolve("java-api/src/test/python/unix-peer.py").toString());
    }
}
