// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Access;
import io.chagres.IpcException;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what with a queue, as a second process finds it. */
@Tag("native")
@Tag("cross-process")
class MessageQueueAccessTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();

    @AfterEach
    void remove() throws IpcException {
        Queues.removeIfThere(name);
    }

    @ParameterizedTest
    @CsvSource({"000", "022", "077", "777"})
    @Conforms("mq_open/10")
    void theModeIsExactWhateverTheUmask(String umask) throws Exception {
        String other = TestNames.posix();
        List<String> prefix = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
        List<String> command =
                SecondProcess.javaCommand(prefix, List.of(), CreatesWithModes.class, name, other);
        try (SecondProcess child = SecondProcess.command(command)) {
            assertThat(child.readLine()).isEqualTo(QueueFile.ofThisUser(0660).toString());
            assertThat(child.readLine()).isEqualTo(QueueFile.ofThisUser(0600).toString());
            assertThat(child.exitCode()).isZero();
        } finally {
            Queues.removeIfThere(other);
        }
    }

    /** Creates one queue with a mode and one with the default, and says what became of it. */
    static final class CreatesWithModes {
        public static void main(String[] args) throws Exception {
            MessageQueueOptions options = Queues.options(1, 1).withAccess(Access.mode(0660));
            try (MessageQueue queue = MessageQueue.create(args[0], options)) {
                System.out.println(QueueFile.of(queue));
            }
            try (MessageQueue queue = MessageQueue.openOrCreate(args[1], Queues.options(1, 1))) {
                System.out.println(QueueFile.of(queue));
            }
        }
    }

    /**
     * Another user is refused by the default access. Without root there is no other user, and the
     * owner is refused by what gives nobody anything.
     */
    @Test
    @Conforms({"mq_unlink/5", "mq_open/21"})
    void whoHasNoPermissionIsDeniedAndChangesNothing() throws Exception {
        Access access = Unprivileged.isRoot() ? Access.ownerOnly() : Access.mode(0);
        try (Unprivileged user = Unprivileged.create();
                MessageQueue queue =
                        MessageQueue.create(name, Queues.options(2, 8).withAccess(access))) {
            Queues.send(queue, "kept", 0);
            List<String> command = user.javaCommand(TriesEverything.class, name);
            try (SecondProcess child = SecondProcess.command(command)) {
                String denied = "AccessDeniedException mq_open " + name + " EACCES";
                assertThat(child.readLine()).isEqualTo("open " + denied);
                assertThat(child.readLine()).isEqualTo("openOrCreate " + denied);
                assertThat(child.readLine())
                        .isEqualTo("create AlreadyExistsException mq_open " + name + " EEXIST");
                assertThat(child.readLine())
                        .matches(
                                Unprivileged.isRoot()
                                        ? "unlink AccessDeniedException mq_unlink .* (EPERM|EACCES)"
                                        : "unlink done");
                assertThat(child.exitCode()).isZero();
            }
            assertThat(Queues.drain(queue)).containsExactly("kept");
        }
    }

    private interface Attempt {
        void run() throws IpcException;
    }

    /** Says how each operation on a name ends. */
    static final class TriesEverything {
        public static void main(String[] args) {
            MessageQueueOptions options = Queues.options(2, 8);
            attempt("open", () -> MessageQueue.open(args[0]).close());
            attempt("openOrCreate", () -> MessageQueue.openOrCreate(args[0], options).close());
            attempt("create", () -> MessageQueue.create(args[0], options).close());
            attempt("unlink", () -> MessageQueue.unlink(args[0]));
        }

        private static void attempt(String what, Attempt attempt) {
            try {
                attempt.run();
                System.out.println(what + " done");
            } catch (IpcException e) {
                System.out.println(what + " " + Queues.said(e));
            }
        }
    }

    @Test
    void whoHasPermissionCanSendToAnotherUser() throws Exception {
        Access everybody = Access.mode(0666);
        try (Unprivileged user = Unprivileged.create();
                MessageQueue queue =
                        MessageQueue.create(name, Queues.options(2, 8).withAccess(everybody))) {
            List<String> command = user.javaCommand(Sends.class, name);
            try (SecondProcess child = SecondProcess.command(command)) {
                assertThat(Queues.receive(queue)).isEqualTo("hello");
                assertThat(child.exitCode()).isZero();
            }
        }
    }

    /** Sends one message. */
    static final class Sends {
        public static void main(String[] args) throws Exception {
            try (MessageQueue queue = MessageQueue.open(args[0])) {
                Queues.send(queue, "hello", 0);
            }
        }
    }
}
