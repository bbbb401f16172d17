// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chagres.Access;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.shm.SharedMemory;
import io.chagres.sync.NamedSemaphore;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("native")
class ListAndRemoveTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void aQueueIsListedUntilItIsRemoved() throws Exception {
        String name = TestNames.posix();
        MessageQueueOptions options =
                MessageQueueOptions.defaults()
                        .withDepth(3)
                        .withMessageSize(32)
                        .withAccess(Access.mode(0640));
        try (MessageQueue queue = MessageQueue.create(name, options)) {
            queue.send(new byte[5], 0);
            assertThat(CommandRun.of("ls").out())
                    .containsPattern(
                            "posix-mq +" + name + " +\\S+ +0640 +1 of 3 messages, 32 bytes\\R");
            JsonNode row = row(name);
            assertThat(row.get("mechanism").asText()).isEqualTo("posix-mq");
            assertThat(row.get("owner").asText()).isEqualTo(System.getProperty("user.name"));
            assertThat(row.get("access").asText()).isEqualTo("0640");
            assertThat(row.get("depth").asInt()).isEqualTo(3);
            assertThat(row.get("messageSize").asInt()).isEqualTo(32);
            assertThat(row.get("size").asInt()).isEqualTo(1);
            assertThat(row.size()).isEqualTo(7);
            assertThat(CommandRun.of("ls", "--mechanism", "posix-mq").out()).contains(name);
        } finally {
            assertThat(CommandRun.of("rm", name).exitCode()).isZero();
        }
        assertThat(CommandRun.of("ls").out()).doesNotContain(name);
    }

    @Test
    void aSemaphoreIsListedUntilItIsRemoved() throws Exception {
        String name = TestNames.posix();
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, 3)) {
            semaphore.acquire();
            assertThat(CommandRun.of("ls").out())
                    .containsPattern("posix-sem +" + name + " +\\S+ +0600 +2 permits\\R");
            JsonNode row = row(name);
            assertThat(row.get("mechanism").asText()).isEqualTo("posix-sem");
            assertThat(row.get("permits").asInt()).isEqualTo(2);
            assertThat(row.size()).isEqualTo(5);
        } finally {
            CommandRun run = CommandRun.of("rm", "--mechanism", "posix-sem", name);
            assertThat(run.exitCode()).isZero();
        }
        assertThat(CommandRun.of("ls").out()).doesNotContain(name);
    }

    @Test
    void sharedMemoryIsListedUntilItIsRemoved() throws Exception {
        String name = TestNames.posix();
        SharedMemory.create(name, 5000).close();
        try {
            assertThat(CommandRun.of("ls").out())
                    .containsPattern("posix-shm +" + name + " +\\S+ +0600 +5000 bytes\\R");
            JsonNode row = row(name);
            assertThat(row.get("mechanism").asText()).isEqualTo("posix-shm");
            assertThat(row.get("size").asLong()).isEqualTo(5000);
            assertThat(row.size()).isEqualTo(5);
        } finally {
            assertThat(CommandRun.of("rm", "--mechanism", "posix-shm", name).exitCode()).isZero();
        }
        assertThat(CommandRun.of("ls", "--mechanism", "posix-shm").out()).doesNotContain(name);
    }

    private static JsonNode row(String name) throws Exception {
        for (JsonNode row : new ObjectMapper().readTree(CommandRun.of("ls", "--json").out())) {
            if (row.get("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError(name + " is not listed");
    }

    @Test
    void removingWhatIsAbsentFailsUnlessForced() {
        String name = TestNames.posix();
        CommandRun run = CommandRun.of("rm", name);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(name).contains("ENOENT");
        assertThat(CommandRun.of("rm", "--force", name).exitCode()).isZero();
        assertThat(CommandRun.of("rm").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("rm", "noslash").exitCode()).isEqualTo(1);
    }

    @Test
    void oneNameThatFailsDoesNotKeepTheOthers() throws Exception {
        String name = TestNames.posix();
        MessageQueue.create(name).close();
        assertThat(CommandRun.of("rm", TestNames.posix(), name).exitCode()).isEqualTo(1);
        assertThat(CommandRun.of("ls").out()).doesNotContain(name);
    }

    @Test
    void helpAndVersionSayWhatThereIs() {
        assertThat(CommandRun.of("--help").out()).contains("check").contains("ls").contains("rm");
        assertThat(CommandRun.of("--version").out()).contains("chagres");
        assertThat(CommandRun.of("ls", "--version").out()).contains("chagres");
        assertThat(CommandRun.of("check", "--help").out()).contains("--peer");
    }
}
