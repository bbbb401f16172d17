// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Access;
import io.chagres.IpcException;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what with a semaphore, as a second process finds it. */
@Tag("native")
@Tag("cross-process")
class NamedSemaphoreAccessTest {

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    private final String name = TestNames.posix();

    @AfterEach
    void remove() throws IpcException {
        Semaphores.removeIfThere(name);
    }

    @ParameterizedTest
    @CsvSource({"000", "022", "077", "777"})
    void theModeIsExactWhateverTheUmask(String umask) throws Exception {
        String other = TestNames.posix();
        List<String> prefix = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
        List<String> command =
                SecondProcess.javaCommand(prefix, List.of(), CreatesWithModes.class, name, other);
        try (SecondProcess child = SecondProcess.command(command)) {
            assertThat(child.exitCode()).isZero();
            assertThat(Files.getAttribute(Semaphores.file(name), "unix:mode")).isEqualTo(0100666);
            assertThat(Files.getAttribute(Semaphores.file(other), "unix:mode")).isEqualTo(0100600);
        } finally {
            Semaphores.removeIfThere(other);
        }
    }

    /** Creates one with a mode and one with the default. */
    static final class CreatesWithModes {
        public static void main(String[] args) throws Exception {
            SemaphoreOptions options = SemaphoreOptions.ofPermits(1);
            NamedSemaphore.create(args[0], options.withAccess(Access.mode(0666))).close();
            NamedSemaphore.openOrCreate(args[1], options).close();
        }
    }

    /**
     * Another user is refused by the default access. Without root there is no other user, and the
     * owner is refused by what gives nobody anything.
     */
    @Test
    @Conforms({"sem_open/3", "sem_unlink/3"})
    void whoHasNoPermissionIsDeniedAndChangesNothing() throws Exception {
        Access access = Unprivileged.isRoot() ? Access.ownerOnly() : Access.mode(0);
        SemaphoreOptions options = SemaphoreOptions.ofPermits(3).withAccess(access);
        try (Unprivileged user = Unprivileged.create();
                NamedSemaphore semaphore = NamedSemaphore.create(name, options)) {
            List<String> command = user.javaCommand(TriesEverything.class, name);
            try (SecondProcess child = SecondProcess.command(command)) {
                String denied = "AccessDeniedException sem_open " + name + " EACCES";
                assertThat(child.readLine()).isEqualTo("open " + denied);
                assertThat(child.readLine()).isEqualTo("openOrCreate " + denied);
                assertThat(child.readLine())
                        .isEqualTo("create AlreadyExistsException sem_open " + name + " EEXIST");
                assertThat(child.readLine()).isEqualTo("listed true");
                assertThat(child.readLine())
                        .matches(
                                Unprivileged.isRoot()
                                        ? "unlink AccessDeniedException sem_unlink .* (EPERM|EACCES)"
                                        : "unlink done");
                assertThat(child.exitCode()).isZero();
            }
            assertThat(semaphore.value()).isEqualTo(3);
        }
    }

    private interface Attempt {
        void run() throws IpcException;
    }

    /** Says how each operation on a name ends. */
    static final class TriesEverything {
        public static void main(String[] args) throws Exception {
            SemaphoreOptions options = SemaphoreOptions.ofPermits(9);
            attempt("open", () -> NamedSemaphore.open(args[0]).close());
            attempt("openOrCreate", () -> NamedSemaphore.openOrCreate(args[0], options).close());
            attempt("create", () -> NamedSemaphore.create(args[0], options).close());
            boolean listed =
                    NamedSemaphore.list().stream()
                            .anyMatch(e -> e.name().equals(args[0]) && e.permits().isEmpty());
            System.out.println("listed " + listed);
            attempt("unlink", () -> NamedSemaphore.unlink(args[0]));
        }

        private static void attempt(String what, Attempt attempt) {
            try {
                attempt.run();
                System.out.println(what + " done");
            } catch (IpcException e) {
                System.out.println(what + " " + Semaphores.said(e));
            }
        }
    }

    @Test
    @Conforms("sem_unlink/9")
    void whoHasPermissionCanGiveToAnotherUser() throws Exception {
        SemaphoreOptions options = SemaphoreOptions.ofPermits(0).withAccess(Access.mode(0666));
        try (Unprivileged user = Unprivileged.create();
                NamedSemaphore semaphore = NamedSemaphore.create(name, options)) {
            List<String> command = user.javaCommand(Gives.class, name);
            try (SecondProcess child = SecondProcess.command(command)) {
                Semaphores.acquire(semaphore);
                assertThat(child.exitCode()).isZero();
            }
        }
    }

    /** Gives one permit. */
    static final class Gives {
        public static void main(String[] args) throws Exception {
            try (NamedSemaphore semaphore = NamedSemaphore.open(args[0])) {
                semaphore.release();
            }
        }
    }
}
