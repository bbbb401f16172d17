// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.InvalidNameException;
import io.chagres.OpenMode;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that break a rule are refused before any system call, with the rule in the message. */
@Tag("native")
class BadNamesTest {

    private static final String LONGEST = "/" + "n".repeat(254);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    static List<String> badNames() {
        return List.of(
                "",
                "chagres-test-no-slash",
                "/",
                "//",
                "/chagres-test/two-slashes",
                "/chagres-test-end/",
                " /chagres-test-space-before",
                "/.",
                "/..",
                "..",
                "/../chagres-test-up",
                LONGEST + "n",
                "/" + "n".repeat(1_000_000),
                "/chagres-test-nul\0after",
                "/chagres-test-newline\n",
                "/chagres-test-tab\t",
                "/chagres-test-delete\u007f",
                "/chagres-test-\u00e9",
                "/chagres-test-\u65e5\u672c",
                "/chagres-test-\ud83d\ude00",
                "/chagres-test-half-\ud83d");
    }

    @ParameterizedTest
    @MethodSource("badNames")
    @Conforms("mq_open/21")
    void isRefusedByEveryOperationAndCreatesNothing(String name) throws Exception {
        MessageQueueOptions options = Queues.options(1, 1);
        assertThatThrownBy(() -> MessageQueue.create(name))
                .isInstanceOfSatisfying(InvalidNameException.class, names("mq_open", name));
        assertThatThrownBy(() -> MessageQueue.create(name, options))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> MessageQueue.openOrCreate(name, options))
                .isInstanceOfSatisfying(InvalidNameException.class, names("mq_open", name));
        assertThatThrownBy(() -> MessageQueue.open(name, OpenMode.READ_ONLY))
                .isInstanceOfSatisfying(InvalidNameException.class, names("mq_open", name));
        assertThatThrownBy(() -> MessageQueue.unlink(name))
                .isInstanceOfSatisfying(InvalidNameException.class, names("mq_unlink", name));
        // What C would have made of it: the string ends at a NUL, and needs no slash.
        assertThat(Queues.exists("/chagres-test-nul")).isFalse();
        assertThat(Queues.exists("/chagres-test-no-slash")).isFalse();
    }

    private static Consumer<InvalidNameException> names(String operation, String name) {
        return e -> {
            assertThat(e.operation()).isEqualTo(operation);
            assertThat(e.objectName()).startsWith("\"").endsWith("\"");
            assertThat(e.objectName()).hasSizeGreaterThanOrEqualTo(name.length() + 2);
            assertThat(e.objectName().chars()).allMatch(c -> c >= ' ' && c <= '~');
            assertThat(e.code()).isZero();
            assertThat(e.symbol()).isEmpty();
            assertThat(e).hasMessageContaining(": a name ");
        };
    }

    @Test
    void oddButGoodNamesWork() throws IOException {
        String unique = TestNames.posix();
        List<String> names =
                List.of(
                        unique + " with space",
                        unique + "~!@#$%^&*()\\\"'",
                        unique + "." + "x".repeat(255 - unique.length() - 1));
        for (String name : names) {
            TestNames.issue(name);
            MessageQueue.create(name, Queues.options(1, 1)).close();
            try (MessageQueue queue = MessageQueue.open(name)) {
                assertThat(queue.name()).isEqualTo(name);
            }
            MessageQueue.unlink(name);
        }
        assertThat(names.get(2)).hasSameSizeAs(LONGEST);
    }

    @Test
    void noNameAtAllIsAProgrammersError() {
        assertThatThrownBy(() -> MessageQueue.open(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> MessageQueue.unlink(null))
                .isInstanceOf(NullPointerException.class);
    }
}
