// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chagres.Ipc;
import io.chagres.test.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cross-process")
class CheckCommandTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @ParameterizedTest
    @ValueSource(strings = {"java", "c"})
    void messagesGoBothWaysWithAPeer(String peer) throws Exception {
        CommandRun run =
                CommandRun.of("check", "--json", "--peer", peer, "--mechanism", "posix-mq");
        assertThat(run.exitCode()).as(run.out()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("platform").asText()).isEqualTo(Ipc.platform());
        assertThat(report.get("jdk").asText()).isEqualTo(Runtime.version().toString());
        assertThat(report.get("results")).hasSize(1);
        JsonNode row = report.get("results").get(0);
        assertThat(names(row))
                .containsExactly(
                        "mechanism",
                        "peer",
                        "status",
                        "messages",
                        "bytes",
                        "roundTripNanos",
                        "note");
        assertThat(row.get("mechanism").asText()).isEqualTo("posix-mq");
        assertThat(row.get("peer").asText()).isEqualTo(peer);
        assertThat(row.get("status").asText()).isEqualTo("ok");
        assertThat(row.get("messages").asLong()).isGreaterThan(10_000);
        assertThat(row.get("bytes").asLong()).isGreaterThan(64 * row.get("messages").asLong());
        JsonNode times = row.get("roundTripNanos");
        assertThat(times.get("p50").asLong()).isPositive();
        assertThat(times.get("p99").asLong()).isGreaterThanOrEqualTo(times.get("p50").asLong());
    }

    /** With every mechanism, and so of a length that grows with them. */
    @Test
    @Timeout(300)
    void theTableHasARowForEachPeer() {
        CommandRun run = CommandRun.of("check");
        assertThat(run.exitCode()).as(run.out()).isZero();
        for (String id : List.of("posix-mq", "unix-stream", "unix-datagram", "unix-seqpacket")) {
            assertThat(run.out().lines())
                    .anyMatch(row -> row.matches(id + " +java +ok +.*"))
                    .anyMatch(row -> row.matches(id + " +c +ok +.*"));
        }
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertThat(CommandRun.of("check", "--mechanism", "nonsense").err())
                .contains("unknown mechanism 'nonsense'")
                .contains("posix-mq");
        assertThat(CommandRun.of("check", "--mechanism", "nonsense").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("check", "--peer", "cobol").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("check", "--timeout", "0").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("chekc").exitCode()).isEqualTo(2);
    }

    @Test
    void wrongUsageIsAnsweredByWhatIsWrongAndWhereTheHelpIs() {
        assertThat(CommandRun.of("check", "--peer", "cobol").err().lines())
                .containsExactly(
                        "chagres check: Invalid value for option '--peer':"
                                + " expected one of java, c, all but was 'cobol'",
                        "Try 'chagres check --help'.");
        assertThat(CommandRun.of("chekc").err().lines())
                .containsExactly(
                        "chagres: Unmatched argument at index 0: 'chekc'",
                        "Did you mean: chagres check or chagres help?",
                        "Try 'chagres --help'.");
        assertThat(CommandRun.of().err().lines())
                .containsExactly("chagres: Missing required subcommand", "Try 'chagres --help'.");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
