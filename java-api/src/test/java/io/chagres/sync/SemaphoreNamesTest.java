// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.InvalidNameException;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that break a rule are refused before any system call, with the rule in the message. */
@Tag("native")
class SemaphoreNamesTest {

    /** The C library puts four characters before it. */
    private static final int LONGEST = 1 + 251;

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    static List<String> badNames() {
        return List.of(
                "",
                "chagres-test-no-slash",
                "/",
                "//",
                "/chagres-test/two-slashes",
                "/../chagres-test-up",
                "/.",
                "/..",
                "/" + "n".repeat(LONGEST),
                "/" + "n".repeat(1_000_000),
                "/chagres-test-nul\0after",
                "/chagres-test-newline\n",
                "/chagres-test-\u00e9");
    }

    @ParameterizedTest
    @MethodSource("badNames")
    @Conforms("sem_open/7")
    void isRefusedByEveryOperation(String name) {
        SemaphoreOptions options = SemaphoreOptions.ofPermits(1);
        assertThatThrownBy(() -> NamedSemaphore.create(name, 1))
                .isInstanceOfSatisfying(InvalidNameException.class, names("sem_open"));
        assertThatThrownBy(() -> NamedSemaphore.create(name, options))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> NamedSemaphore.openOrCreate(name, options))
                .isInstanceOfSatisfying(InvalidNameException.class, names("sem_open"));
        assertThatThrownBy(() -> NamedSemaphore.open(name))
                .isInstanceOfSatisfying(InvalidNameException.class, names("sem_open"));
        assertThatThrownBy(() -> NamedSemaphore.unlink(name))
                .isInstanceOfSatisfying(InvalidNameException.class, names("sem_unlink"));
    }

    private static Consumer<InvalidNameException> names(String operation) {
        return e -> {
            assertThat(e.operation()).isEqualTo(operation);
            assertThat(e.code()).isZero();
            assertThat(e).hasMessageContaining(": a name ");
        };
    }

    @Test
    @Conforms("sem_open/7")
    void oddButGoodNamesWork() throws Exception {
        String unique = TestNames.posix();
        List<String> names =
                List.of(
                        unique + " with space",
                        unique + "~!@#$%^&*()\\\"'",
                        unique + "." + "x".repeat(LONGEST - unique.length() - 1));
        for (String name : names) {
            TestNames.issue(name);
            NamedSemaphore.create(name, 2).close();
            try (NamedSemaphore semaphore = NamedSemaphore.open(name)) {
                assertThat(semaphore.value()).isEqualTo(2);
            }
            NamedSemaphore.unlink(name);
        }
        assertThat(names.get(2)).hasSize(LONGEST);
    }

    @Test
    void noNameAtAllIsAProgrammersError() {
        assertThatThrownBy(() -> NamedSemaphore.open(null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> NamedSemaphore.unlink(null))
                .isInstanceOf(NullPointerException.class);
    }
}
