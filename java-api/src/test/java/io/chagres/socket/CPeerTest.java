// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The C library at the other end, watched by the compiler's sanitizers. */
@Tag("native")
@Tag("cross-process")
class CPeerTest extends ForeignPeerContract {

    @TempDir static Path programs;

    @BeforeAll
    static void compile() throws Exception {
        Path root = Path.of(System.getProperty("chagres.root"));
        Process compiler =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "${CC:-cc} -std=gnu17 -Wall -Wextra -Werror"
                                        + " -fsanitize=address,undefined -fno-sanitize-recover=all"
                                        + " -o \"$1\" \"$2\"",
                                "cc",
                                program(),
                                root.resolve("java-api/src/test/c/unix-peer.c").toString())
                        .inheritIO()
                        .start();
        assertThat(compiler.waitFor()).isZero();
    }

    private static String program() {
        return programs.resolve("unix-peer").toString();
    }

    @Override
    List<String> command() {
        return List.of(program());
    }
}
