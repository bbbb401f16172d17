// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.posix.gen.Architecture;
import io.chagres.test.AbiProbe;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("native")
class AbiProbeTest {

    private static final Path INPUTS =
            Path.of(System.getProperty("chagres.root"), "native", "jextract", "posix");
    private static final String GEN = "io.chagres.posix.gen.";

    @ParameterizedTest
    @EnumSource
    void theCompilerOfTheTargetAgreesWithTheBindings(Architecture target) throws Exception {
        String name = target.name().toLowerCase(Locale.ROOT);
        boolean isHost = target == Platform.architecture();
        String compiler = isHost ? "cc" : prefix(name) + "-linux-gnu-gcc";
        if (!isHost && !AbiProbe.isInstalled(compiler)) {
            System.out.println("ABI probe linux-" + name + ": not compared, no " + compiler);
            return;
        }
        assertThat(AbiProbe.isInstalled(compiler))
                .as("%s is on the PATH; install a C compiler (Debian: gcc libc6-dev)", compiler)
                .isTrue();
        AbiProbe probe =
                new AbiProbe(compiler, INPUTS.resolve("umbrella.h"))
                        .add(INPUTS.resolve("wanted.txt"), bindings("Linux", ""))
                        .add(
                                INPUTS.resolve("wanted-per-architecture.txt"),
                                bindings(name + ".Constants", name + "."));
        for (Field newer : NewerThanHeaders.class.getDeclaredFields()) {
            probe.addIfDefined(newer.getName(), (Number) newer.get(null));
        }
        AbiProbe.Result result = probe.compare();
        System.out.printf(
                "ABI probe linux-%s (%s): %d items compared, %d wrong%n",
                name, compiler, result.compared(), result.wrong().size());
        assertThat(result.wrong()).isEmpty();
        assertThat(result.compared()).isGreaterThan(200);
    }

    private static String prefix(String architecture) {
        return architecture.equals("ppc64le") ? "powerpc64le" : architecture;
    }

    private static AbiProbe.Bindings bindings(String constants, String structs) {
        return new AbiProbe.Bindings() {
            @Override
            public Number constant(String name) {
                Object value = get(constants, name);
                return value instanceof MemorySegment s ? (Number) s.address() : (Number) value;
            }

            @Override
            public GroupLayout layout(String name) {
                return (GroupLayout) get(structs + name, "layout");
            }
        };
    }

    private static Object get(String className, String method) {
        try {
            return Class.forName(GEN + className).getMethod(method).invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
