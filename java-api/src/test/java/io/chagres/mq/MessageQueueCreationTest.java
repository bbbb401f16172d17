// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.AccessDeniedException;
import io.chagres.AlreadyExistsException;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.OpenMode;
import io.chagres.posix.Errno;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that come and go, and what a queue is created with. */
@Tag("native")
class MessageQueueCreationTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();

    @AfterEach
    void remove() throws IpcException {
        Queues.removeIfThere(name);
    }

    @Test
    @Conforms("mq_open/12")
    void withoutOptionsTheSystemsDefaultsAreTaken() throws Exception {
        long depth =
                Math.min(
                        Queues.sysctl("fs.mqueue.msg_default"), Queues.sysctl("fs.mqueue.msg_max"));
        long size =
                Math.min(
                        Queues.sysctl("fs.mqueue.msgsize_default"),
                        Queues.sysctl("fs.mqueue.msgsize_max"));
        try (MessageQueue queue = MessageQueue.create(name)) {
            assertThat(queue.attributes())
                    .isEqualTo(new MessageQueueAttributes((int) depth, (int) size, 0));
            assertThat(queue.mode()).isEqualTo(OpenMode.READ_WRITE);
        }
    }

    @Test
    @Conforms("mq_open/12")
    void whatIsNotAskedForIsTheSystemsDefault() throws Exception {
        int depth = (int) Queues.sysctl("fs.mqueue.msg_default");
        int size = (int) Queues.sysctl("fs.mqueue.msgsize_default");
        MessageQueueOptions options = MessageQueueOptions.defaults();
        try (MessageQueue queue = MessageQueue.create(name, options.withDepth(3))) {
            assertThat(queue.attributes()).isEqualTo(new MessageQueueAttributes(3, size, 0));
        }
        MessageQueue.unlink(name);
        try (MessageQueue queue = MessageQueue.create(name, options.withMessageSize(33))) {
            assertThat(queue.attributes()).isEqualTo(new MessageQueueAttributes(depth, 33, 0));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "1, 8192", "7, 333"})
    @Conforms("mq_open/13")
    void whatIsAskedForIsWhatTheQueueHas(int depth, int size) throws Exception {
        MessageQueueAttributes expected = new MessageQueueAttributes(depth, size, 0);
        try (MessageQueue created = MessageQueue.create(name, Queues.options(depth, size));
                MessageQueue opened = MessageQueue.open(name)) {
            assertThat(created.attributes()).isEqualTo(expected);
            assertThat(opened.attributes()).isEqualTo(expected);
        }
    }

    @Test
    @Conforms({"mq_open/15", "mq_open/21"})
    void creatingWhatExistsFailsAndLeavesItAlone() throws Exception {
        try (MessageQueue queue = MessageQueue.create(name, Queues.options(2, 20))) {
            Queues.send(queue, "kept", 0);
            assertThatThrownBy(() -> MessageQueue.create(name, Queues.options(3, 30)))
                    .isInstanceOfSatisfying(
                            AlreadyExistsException.class,
                            e -> isOf(e, "mq_open", Errno.EEXIST, "EEXIST"));
            assertThat(queue.attributes()).isEqualTo(new MessageQueueAttributes(2, 20, 1));
        }
    }

    @Test
    @Conforms({"mq_open/3", "mq_unlink/7", "mq_open/21"})
    void whatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> MessageQueue.open(name))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> isOf(e, "mq_open", Errno.ENOENT, "ENOENT"));
        assertThatThrownBy(() -> MessageQueue.unlink(name))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> isOf(e, "mq_unlink", Errno.ENOENT, "ENOENT"));
    }

    private void isOf(IpcException e, String operation, int code, String symbol) {
        assertThat(e.operation()).isEqualTo(operation);
        assertThat(e.objectName()).isEqualTo(name);
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.symbol()).isEqualTo(symbol);
        assertThat(e)
                .hasMessage(operation + " " + name + ": " + symbol + " (" + Errno.text(code) + ")");
    }

    @Test
    @Conforms({"mq_unlink/1", "mq_unlink/7"})
    void unlinkingTwiceFailsTheSecondTime() throws Exception {
        MessageQueue.create(name).close();
        MessageQueue.unlink(name);
        assertThatThrownBy(() -> MessageQueue.unlink(name)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> MessageQueue.open(name)).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Conforms("mq_open/11")
    void openOrCreateCreatesOnceAndThenOpensWhatIsThere() throws Exception {
        MessageQueueOptions first = Queues.options(2, 20).withAccess(Access.mode(0640));
        MessageQueueOptions second = Queues.options(3, 30).withAccess(Access.mode(0666));
        try (MessageQueue created = MessageQueue.openOrCreate(name, first)) {
            Queues.send(created, "from the first", 0);
            try (MessageQueue opened = MessageQueue.openOrCreate(name, second)) {
                assertThat(opened.attributes()).isEqualTo(new MessageQueueAttributes(2, 20, 1));
                assertThat(QueueFile.of(name).permissions()).isEqualTo(0640);
                assertThat(Queues.receive(opened)).isEqualTo("from the first");
            }
        }
    }

    @Test
    void openOrCreateHonoursTheMode() throws Exception {
        MessageQueueOptions options = Queues.options(1, 1).withMode(OpenMode.READ_ONLY);
        for (int i = 0; i < 2; i++) { // creating, then opening
            try (MessageQueue queue = MessageQueue.openOrCreate(name, options)) {
                assertThat(queue.mode()).isEqualTo(OpenMode.READ_ONLY);
                assertThatThrownBy(() -> queue.trySend(new byte[0], 0))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    @Conforms("mq_close/1")
    void messagesOutliveTheHandlesThatSentThem() throws Exception {
        try (MessageQueue queue = MessageQueue.create(name, Queues.options(2, 20))) {
            Queues.send(queue, "low", 1);
            Queues.send(queue, "high", 2);
        }
        try (MessageQueue queue = MessageQueue.open(name, OpenMode.READ_ONLY)) {
            assertThat(Queues.drain(queue)).containsExactly("high", "low");
        }
    }

    @Test
    @Conforms("mq_open/10")
    void aNewQueueIsEmptyAndTheEffectiveUsersWithTheModeThatWasAskedFor() throws Exception {
        for (int mode : new int[] {0600, 0, 0777, 0246, 0440}) {
            MessageQueueOptions options = Queues.options(1, 1).withAccess(Access.mode(mode));
            try (MessageQueue queue = MessageQueue.create(name, options)) {
                assertThat(queue.size()).isZero();
                assertThat(QueueFile.of(queue)).isEqualTo(QueueFile.ofThisUser(mode));
            }
            MessageQueue.unlink(name);
        }
    }

    @Test
    void theDescriptorIsCloseOnExec() throws Exception {
        try (MessageQueue created = MessageQueue.openOrCreate(name, Queues.options(1, 1));
                MessageQueue opened = MessageQueue.open(name)) {
            assertThat(QueueFile.isCloseOnExec(created)).isTrue();
            assertThat(QueueFile.isCloseOnExec(opened)).isTrue();
        }
    }

    @Test
    void theListHasNameOwnerAccessAndAttributes() throws Exception {
        MessageQueueOptions options = Queues.options(2, 20).withAccess(Access.mode(0640));
        try (MessageQueue queue = MessageQueue.create(name, options)) {
            Queues.send(queue, "x", 0);
            if (!canList()) {
                assertThatThrownBy(MessageQueue::list)
                        .isInstanceOf(AccessDeniedException.class)
                        .hasMessageContaining("mount -t mqueue");
                return;
            }
            MessageQueueEntry expected =
                    new MessageQueueEntry(
                            name,
                            System.getProperty("user.name"),
                            Access.mode(0640),
                            Optional.of(new MessageQueueAttributes(2, 20, 1)));
            assertThat(MessageQueue.list()).contains(expected);
            MessageQueue.unlink(name);
            assertThat(names(MessageQueue.list())).doesNotContain(name).isSorted();
        }
    }

    /** Without the file system mounted, only who may mount can look. */
    private static boolean canList() throws IOException {
        return Unprivileged.isRoot()
                || Files.readString(Path.of("/proc/self/mounts")).contains(" /dev/mqueue mqueue ");
    }

    private static List<String> names(List<MessageQueueEntry> entries) {
        return entries.stream().map(MessageQueueEntry::name).toList();
    }
}
