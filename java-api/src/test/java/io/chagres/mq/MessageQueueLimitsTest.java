// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.posix.Errno;
import io.chagres.posix.Resource;
import io.chagres.posix.Rlimit;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit that is hit is named, with its value and how to raise it; nothing is left behind. */
@Tag("native")
class MessageQueueLimitsTest {

    /** Of the user, so it must leave room for queues that others have now. */
    private static final long QUEUE_BYTES = 200_000;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    @ParameterizedTest
    @CsvSource({
        "65537, 1, fs.mqueue.msg_max",
        "2147483647, 1, fs.mqueue.msg_max",
        "2147483647, 2147483647, fs.mqueue.msg_max",
        "1, 16777217, fs.mqueue.msgsize_max",
        "1, 2147483647, fs.mqueue.msgsize_max"
    })
    @Conforms("mq_open/21")
    void moreThanTheKernelsCeilingIsRefusedForEverybody(int depth, int size, String limit)
            throws Exception {
        String name = TestNames.posix();
        long value = Queues.sysctl(limit);
        assertThatThrownBy(() -> MessageQueue.create(name, Queues.options(depth, size)))
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        e -> {
                            assertThat(e.limit()).isEqualTo(limit);
                            assertThat(e.value()).isEqualTo(value);
                            assertThat(e.operation()).isEqualTo("mq_open");
                            assertThat(e.objectName()).isEqualTo(name);
                            assertThat(e.symbol()).isIn("EINVAL", "EOVERFLOW");
                            assertThat(e).hasMessageContaining(limit + ", now " + value);
                        });
        assertThatThrownBy(() -> MessageQueue.openOrCreate(name, Queues.options(depth, size)))
                .isInstanceOf(LimitExceededException.class);
        assertThat(Queues.exists(name)).isFalse();
    }

    @Test
    @Conforms("mq_open/28")
    void theBytesOfAUserInQueuesRunOut() throws Exception {
        List<String> created = new ArrayList<>();
        try (QueueBytes limit = QueueBytes.lowered(QUEUE_BYTES)) {
            assertThatThrownBy(() -> createForEver(created))
                    .isInstanceOfSatisfying(
                            LimitExceededException.class,
                            e -> {
                                assertThat(e.limit()).isEqualTo("RLIMIT_MSGQUEUE");
                                assertThat(e.value()).isEqualTo(QUEUE_BYTES);
                                assertThat(e.code()).isEqualTo(Errno.EMFILE);
                                assertThat(e.symbol()).isEqualTo("EMFILE");
                                assertThat(e)
                                        .hasMessageContaining("RLIMIT_MSGQUEUE, now " + QUEUE_BYTES)
                                        .hasMessageContaining("ulimit -q");
                            });
            assertThat(limit.isStillLowered()).isTrue();
        }
        assertThat(created).hasSizeBetween(1, 25); // of 8 KiB and what the kernel adds
        String refused = created.remove(created.size() - 1);
        assertThat(Queues.exists(refused)).isFalse();
        for (String name : created) {
            MessageQueue.unlink(name);
        }
    }

    private static void createForEver(List<String> names) throws IpcException {
        while (true) {
            names.add(TestNames.posix());
            MessageQueue.create(names.get(names.size() - 1), Queues.options(1, 8192)).close();
        }
    }

    /** The soft limit of this process, lowered until closed. */
    private static final class QueueBytes implements AutoCloseable {
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment limit = arena.allocate(Rlimit.LAYOUT);
        private final long before;
        private final long lowered;

        private QueueBytes(long bytes) {
            Resource.getrlimit(Resource.RLIMIT_MSGQUEUE, limit);
            before = Rlimit.rlim_cur(limit);
            lowered = bytes;
            Rlimit.rlim_cur(limit, bytes);
            assertThat(Resource.setrlimit(Resource.RLIMIT_MSGQUEUE, limit)).isZero();
        }

        static QueueBytes lowered(long bytes) {
            return new QueueBytes(bytes);
        }

        boolean isStillLowered() {
            Resource.getrlimit(Resource.RLIMIT_MSGQUEUE, limit);
            return Rlimit.rlim_cur(limit) == lowered;
        }

        @Override
        public void close() {
            Rlimit.rlim_cur(limit, before);
            Resource.setrlimit(Resource.RLIMIT_MSGQUEUE, limit);
            arena.close();
        }
    }

    @Test
    @Tag("cross-process")
    @Conforms("mq_open/26")
    void theDescriptorsOfAProcessRunOut() throws Exception {
        String name = TestNames.posix();
        List<String> command =
                SecondProcess.javaCommand(
                        List.of("prlimit", "--nofile=60:60"),
                        List.of(),
                        LimitChildren.OpensUntilRefused.class,
                        name,
                        TestNames.posix());
        try (MessageQueue queue = MessageQueue.create(name, Queues.options(2, 8));
                SecondProcess child = SecondProcess.command(command)) {
            assertThat(child.readLine()).isEqualTo("ready");
            for (String operation : List.of("open", "openOrCreate", "create")) {
                assertThat(child.readLine())
                        .isEqualTo(operation + " LimitExceededException mq_open EMFILE");
                assertThat(child.readLine()).isEqualTo("RLIMIT_NOFILE 60");
            }
            assertThat(child.readLine()).isEqualTo("what is open still works: true");
            assertThat(child.readLine()).isEqualTo("open again: true");
            assertThat(child.exitCode()).isZero();
            assertThat(Queues.drain(queue)).containsExactly("works");
        } finally {
            MessageQueue.unlink(name);
        }
    }

    @Test
    @Tag("cross-process")
    @Conforms({"mq_open/14", "mq_open/21"})
    void withoutPrivilegeTheSystemsMaximaHoldAndNothingIsLeft() throws Exception {
        String name = TestNames.posix();
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                user.javaCommand(LimitChildren.AsksForTooMuch.class, name))) {
            for (String limit : List.of("fs.mqueue.msg_max", "fs.mqueue.msgsize_max")) {
                assertThat(child.readLine())
                        .isEqualTo("LimitExceededException mq_open " + name + " EINVAL");
                assertThat(child.readLine()).isEqualTo(limit + " " + Queues.sysctl(limit));
                assertThat(child.readLine())
                        .isEqualTo("NotFoundException mq_open " + name + " ENOENT");
            }
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    @Tag("cross-process")
    @Conforms("mq_open/28")
    void theQueuesOfTheSystemRunOut() throws Exception {
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                PrivateIpc.command(
                                        user.javaCommand(LimitChildren.CreatesUntilRefused.class),
                                        "queues_max=17"))) {
            String[] limit = child.readLine().split(" ", -1);
            assertThat(child.readLine())
                    .isEqualTo("LimitExceededException mq_open /full-" + limit[1] + " ENOSPC");
            assertThat(child.readLine()).isEqualTo(String.join(" ", limit));
            assertThat(limit[0]).isEqualTo("fs.mqueue.queues_max");
            assertThat(child.readLine()).isEqualTo("with one less: true");
            assertThat(child.exitCode()).isZero();
        }
    }
}
