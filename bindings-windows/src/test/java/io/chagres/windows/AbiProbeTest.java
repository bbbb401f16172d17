// SPDX-License-Identifier: Apache-2.0
package io.chagres.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.AbiProbe;
import java.lang.foreign.GroupLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
class AbiProbeTest {

    private static final Path INPUTS =
            Path.of(System.getProperty("chagres.root"), "native", "jextract", "windows");
    private static final String GEN = "io.chagres.windows.gen.";
    private static final String COMPILER = "x86_64-w64-mingw32-gcc";

    @Test
    void theCompilerForWindowsAgreesWithTheBindings() throws Exception {
        if (!AbiProbe.isInstalled(COMPILER)) {
            System.out.println("ABI probe windows-x86_64: not compared, no " + COMPILER);
            return;
        }
        AbiProbe.Result result =
                new AbiProbe(COMPILER, INPUTS.resolve("umbrella.h"))
                        .add(INPUTS.resolve("wanted.txt"), new Generated())
                        .compare();
        System.out.printf(
                "ABI probe windows-x86_64 (%s): %d items compared, %d wrong%n",
                COMPILER, result.compared(), result.wrong().size());
        assertThat(result.wrong()).isEmpty();
        assertThat(result.compared()).isGreaterThan(50);
    }

    private static final class Generated implements AbiProbe.Bindings {
        @Override
        public Number constant(String name) {
            return (Number) get("Windows", name);
        }

        @Override
        public GroupLayout layout(String name) {
            return (GroupLayout) get(name, "layout");
        }

        private static Object get(String className, String method) {
            try {
                return Class.forName(GEN + className).getMethod(method).invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }
}
