// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Both ends of a local connection. */
record LocalEnds(LocalChannel client, LocalChannel server) implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(30);

    static LocalEnds open(LocalMode mode) throws Exception {
        Path folder = Files.createTempDirectory("chagres-local");
        LocalName name = LocalName.ofPath(folder.resolve("server"));
        try (LocalServer server = LocalServer.open(name, LocalOptions.defaults().withMode(mode))) {
            LocalChannel client = LocalChannel.connect(name, mode);
            return new LocalEnds(client, server.accept());
        } finally {
            Files.delete(folder);
        }
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.close();
    }
}
