// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.OpenMode;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose a descriptor is, and whose a name. */
@Tag("native")
@Tag("cross-process")
class MessageQueueOwnershipTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();

    private MessageQueue create() throws IpcException {
        return MessageQueue.create(name, Queues.options(2, 8).withMode(OpenMode.WRITE_ONLY));
    }

    @Test
    void aDetachedDescriptorIsTheCallersAndCanBeAdopted() throws Exception {
        MessageQueue first = create();
        int fd = first.detach();
        assertThatThrownBy(() -> first.size()).isInstanceOf(ClosedException.class);
        assertThatThrownBy(first::detach).isInstanceOf(ClosedException.class);
        first.close();
        Fcntl.fcntl(fd, Fcntl.F_SETFD, 0);
        try (MessageQueue second = MessageQueue.adopt(fd)) {
            assertThat(second.mode()).isEqualTo(OpenMode.WRITE_ONLY);
            assertThat(second.attributes()).isEqualTo(new MessageQueueAttributes(2, 8, 0));
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
            Queues.send(second, "hello", 0);
        }
        assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(-Errno.EBADF);
        MessageQueue.unlink(name);
    }

    @Test
    void aHandleInUseIsNotDetached() throws Exception {
        try (MessageQueue queue = MessageQueue.create(name, Queues.options(2, 8))) {
            MessageQueue.unlink(name);
            Caller<String> receiving = Caller.start(() -> Queues.receive(queue)).awaitBlocked();
            assertThatThrownBy(queue::detach)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
            Queues.send(queue, "on", 0);
            assertThat(receiving.result()).isEqualTo("on");
        }
    }

    @Test
    void aBorrowedDescriptorStaysOpenBeyondClose() throws Exception {
        MessageQueue queue = create();
        MessageQueue.unlink(name);
        BorrowedDescriptor borrowed = queue.borrow();
        int fd = borrowed.fd();
        queue.close();
        assertThatThrownBy(queue::borrow).isInstanceOf(ClosedException.class);
        assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
        borrowed.close();
        borrowed.close();
        assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(-Errno.EBADF);
        assertThatThrownBy(borrowed::fd).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNoQueueIsNotAdoptedAndStaysOpen() throws Exception {
        assertThatThrownBy(() -> MessageQueue.adopt(-1))
                .isInstanceOf(IllegalArgumentException.class);
        try (Arena arena = Arena.ofConfined()) {
            int file = Fcntl.open(arena.allocateFrom("/dev/null"), Fcntl.O_CLOEXEC, 0);
            assertThatThrownBy(() -> MessageQueue.adopt(file)).isInstanceOf(IpcException.class);
            assertThat(Unistd.close(file)).isZero();
            assertThatThrownBy(() -> MessageQueue.adopt(file))
                    .isInstanceOfSatisfying(
                            IpcException.class, e -> assertThat(e.symbol()).isEqualTo("EBADF"));
        }
    }

    @Test
    void aNameIsRemovedWhenTheJvmThatCreatedItEnds() throws Exception {
        try (SecondProcess child = SecondProcess.java(Creator.class, name)) {
            assertThat(child.readLine()).isEqualTo("created");
            MessageQueue.open(name).close();
            child.writeLine("end");
            assertThat(child.exitCode()).isZero();
        }
        assertThat(Queues.exists(name)).isFalse();
    }

    @Test
    void anotherQueueThatHasGotTheNameIsLeftAlone() throws Exception {
        try (SecondProcess child = SecondProcess.java(Creator.class, name)) {
            assertThat(child.readLine()).isEqualTo("created");
            MessageQueue.unlink(name);
            create().close();
            child.writeLine("end");
            assertThat(child.exitCode()).isZero();
        }
        MessageQueue.open(name).close();
        MessageQueue.unlink(name);
    }

    @Test
    void whileTheJvmEndsNothingIsCreatedThatCouldNotBeRemoved() throws Exception {
        try (SecondProcess child = SecondProcess.java(LateCreator.class, name)) {
            assertThat(child.readLine()).isEqualTo("java.lang.IllegalStateException");
            assertThat(child.exitCode()).isZero();
        }
        assertThat(Queues.exists(name)).isFalse();
    }

    /** Creates a queue in a shutdown hook. */
    static final class LateCreator {

        private LateCreator() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> create(args[0])));
            System.exit(0);
        }

        private static void create(String name) {
            try {
                MessageQueue.create(name, Queues.options(2, 8).withUnlinkOnExit(true)).close();
                System.out.println("created");
            } catch (IpcException | IllegalStateException e) {
                System.out.println(e.getClass().getName());
            }
        }
    }

    /** Creates a queue, waits for a line and ends. */
    static final class Creator {

        private Creator() {}

        public static void main(String[] args) throws Exception {
            MessageQueue queue =
                    MessageQueue.create(args[0], Queues.options(2, 8).withUnlinkOnExit(true));
            queue.trySend(new byte[1], 0);
            queue.tryReceive(new byte[8], new MessageInfo());
            System.out.println("created");
            System.in.read();
            System.exit(0);
        }
    }
}
