// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PlatformTest {

    @Test
    void theClassifierIsTheOneTheBuildHasUsed() {
        Path peers = Path.of(System.getProperty("chagres.peers"));
        assertThat(Files.isDirectory(peers)).isTrue();
        assertThat(Platform.classifier()).isEqualTo(peers.getParent().getFileName().toString());
    }

    @Test
    void thisIsLinuxWithBindings() {
        assertThat(Platform.isLinux()).isTrue();
        assertThat(Platform.isWindows()).isFalse();
        assertThat(Platform.hasPosixBindings()).isTrue();
        assertThat(Platform.name()).startsWith("linux-");
    }
}
