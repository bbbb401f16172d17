// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.AlreadyExistsException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.NotFoundException;
import io.chagres.posix.Errno;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that come and go, what a semaphore is created with, and what else may have its name. */
@Tag("native")
class NamedSemaphoreCreationTest {

    private static final int SIZE = 32;

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    private final String name = TestNames.posix();
    private final Path file = Semaphores.file(name);

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    @Test
    void itIsSupported() {
        assertThat(Ipc.whyUnsupported(Mechanism.POSIX_SEM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, Integer.MAX_VALUE})
    @Conforms({"sem_open/1", "sem_open/8", "sem_open/11", "shm.sync/O256"})
    void aNewOneHasItsPermitsAndWhoOpensItGetsTheSame(int permits) throws Exception {
        try (NamedSemaphore created = NamedSemaphore.create(name, permits);
                NamedSemaphore opened = NamedSemaphore.open(name)) {
            assertThat(created.value()).isEqualTo(permits);
            assertThat(opened.value()).isEqualTo(permits);
            if (created.tryAcquire()) {
                assertThat(opened.value()).isEqualTo(permits - 1);
                opened.release();
            }
            assertThat(created.value()).isEqualTo(permits);
            assertThat(opened.name()).isEqualTo(name);
        }
    }

    @Test
    @Conforms({"sem_open/4", "semaphore/W164", "shm.sync/O256"})
    void creatingWhatExistsFailsAndLeavesItAlone() throws Exception {
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, 3)) {
            assertThatThrownBy(() -> NamedSemaphore.create(name, 5))
                    .isInstanceOfSatisfying(
                            AlreadyExistsException.class,
                            e -> isOf(e, "sem_open", Errno.EEXIST, "EEXIST"));
            assertThat(semaphore.value()).isEqualTo(3);
        }
    }

    @Test
    @Conforms("semaphore/W164")
    void upperAndLowerCaseAreDifferentNames() throws Exception {
        String upper = TestNames.issue(name + "-X");
        String lower = TestNames.issue(name + "-x");
        try (NamedSemaphore one = NamedSemaphore.create(upper, 1);
                NamedSemaphore other = NamedSemaphore.create(lower, 2)) {
            assertThat(one.value()).isEqualTo(1);
            assertThat(other.value()).isEqualTo(2);
        } finally {
            Semaphores.removeIfThere(upper);
            Semaphores.removeIfThere(lower);
        }
    }

    @Test
    @Conforms("shm.sync/O256")
    void whatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> NamedSemaphore.open(name))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> isOf(e, "sem_open", Errno.ENOENT, "ENOENT"));
        assertThatThrownBy(() -> NamedSemaphore.unlink(name))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        e -> isOf(e, "sem_unlink", Errno.ENOENT, "ENOENT"));
    }

    private void isOf(IpcException e, String operation, int code, String symbol) {
        assertThat(e.operation()).isEqualTo(operation);
        assertThat(e.objectName()).isEqualTo(name);
        assertThat(e.code()).isEqualTo(code);
        assertThat(e.symbol()).isEqualTo(symbol);
    }

    @Test
    @Conforms({"sem_open/10", "shm.sync/O256"})
    void openOrCreateCreatesOnceAndThenOpensWhatIsThere() throws Exception {
        SemaphoreOptions first = SemaphoreOptions.ofPermits(2).withAccess(Access.mode(0640));
        SemaphoreOptions second = SemaphoreOptions.ofPermits(9).withAccess(Access.mode(0666));
        try (NamedSemaphore created = NamedSemaphore.openOrCreate(name, first);
                NamedSemaphore opened = NamedSemaphore.openOrCreate(name, second)) {
            assertThat(opened.value()).isEqualTo(2);
            assertThat(permissions()).isEqualTo("rw-r-----");
            created.acquire();
            assertThat(opened.value()).isEqualTo(1);
        }
    }

    @Test
    @Conforms("sem_close/3")
    void permitsOutliveTheHandles() throws Exception {
        NamedSemaphore.create(name, 4).close();
        try (NamedSemaphore semaphore = NamedSemaphore.open(name)) {
            semaphore.acquire();
        }
        try (NamedSemaphore semaphore = NamedSemaphore.open(name)) {
            assertThat(semaphore.value()).isEqualTo(3);
        }
    }

    @Test
    @Conforms({"sem_unlink/1", "sem_unlink/6", "sem_unlink/9"})
    void afterUnlinkTheNameIsFreeAndTheOldOneLivesOn() throws Exception {
        try (NamedSemaphore old = NamedSemaphore.create(name, 1)) {
            NamedSemaphore.unlink(name);
            assertThatThrownBy(() -> NamedSemaphore.open(name))
                    .isInstanceOf(NotFoundException.class);
            try (NamedSemaphore other = NamedSemaphore.create(name, 5)) {
                old.acquire();
                assertThat(old.value()).isZero();
                assertThat(other.value()).isEqualTo(5);
            }
        }
    }

    @Test
    void theModeIsExactlyWhatWasAskedFor() throws Exception {
        for (int mode : new int[] {0600, 0, 0777, 0246, 0440}) {
            SemaphoreOptions options = SemaphoreOptions.ofPermits(1).withAccess(Access.mode(mode));
            try (NamedSemaphore semaphore = NamedSemaphore.create(name, options)) {
                assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100000 | mode);
                assertThat(Files.size(file)).isEqualTo(SIZE);
                assertThat(semaphore.tryAcquire()).isTrue(); // the creator may, whatever the mode
            }
            NamedSemaphore.unlink(name);
        }
    }

    @Test
    void badPermitsAreRefusedBeforeAnythingIsTouched() {
        assertThatThrownBy(() -> NamedSemaphore.create(name, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permits -1 is negative");
        assertThatThrownBy(() -> SemaphoreOptions.ofPermits(Integer.MIN_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SemaphoreOptions.ofPermits(1).withPermits(-2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void optionsAreChangedCopies() {
        SemaphoreOptions options = SemaphoreOptions.ofPermits(1);
        assertThat(options).isEqualTo(new SemaphoreOptions(1, Access.ownerOnly(), false));
        assertThat(options.withPermits(2).withAccess(Access.mode(0660)).withUnlinkOnExit(true))
                .isEqualTo(new SemaphoreOptions(2, Access.mode(0660), true));
        assertThat(options.permits()).isEqualTo(1);
    }

    private void isRefused(String symbol) {
        SemaphoreOptions options = SemaphoreOptions.ofPermits(1);
        assertThatThrownBy(() -> NamedSemaphore.open(name))
                .isInstanceOfSatisfying(
                        IpcException.class,
                        e -> {
                            assertThat(e.operation()).isEqualTo("sem_open");
                            assertThat(e.symbol()).isEqualTo(symbol);
                        });
        assertThatThrownBy(() -> NamedSemaphore.openOrCreate(name, options))
                .isInstanceOfSatisfying(
                        IpcException.class, e -> assertThat(e.symbol()).isEqualTo(symbol));
        assertThatThrownBy(() -> NamedSemaphore.create(name, options))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    void aPlantedLinkIsNotFollowed() throws Exception {
        Path victim = Files.createTempFile("chagres", "victim");
        try {
            Files.createSymbolicLink(file, victim);
            isRefused("ELOOP");
            assertThat(victim).isEmptyFile();
            Files.delete(file);
            Path absent = victim.resolveSibling(victim.getFileName() + ".absent");
            Files.createSymbolicLink(file, absent);
            isRefused("ELOOP");
            assertThat(absent).doesNotExist();
            NamedSemaphore.unlink(name);
            assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isFalse();
        } finally {
            Files.delete(victim);
        }
    }

    @Test
    void aDirectoryIsRefused() throws Exception {
        Files.createDirectory(file);
        isRefused("EISDIR");
        assertThatThrownBy(() -> NamedSemaphore.unlink(name)).isInstanceOf(IpcException.class);
        assertThat(file).isDirectory();
    }

    @Test
    void aFifoIsRefusedWithoutWaitingForItsOtherEnd() throws Exception {
        Process made = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
        assertThat(made.waitFor()).isZero();
        isRefused("EINVAL");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SIZE - 1})
    void aFileTooShortIsRefusedBeforeItCanFault(int length) throws Exception {
        Files.write(file, new byte[length]);
        isRefused("EINVAL");
        assertThat(Files.size(file)).isEqualTo(length);
    }

    /** The C library would end the process in its first wait. */
    @ParameterizedTest
    @ValueSource(ints = {SIZE, 4096})
    void aFileOfSomethingElseIsRefused(int length) throws Exception {
        for (byte content : new byte[] {0, 0x41, -1}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, content);
            Files.write(file, bytes);
            isRefused("EINVAL");
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        }
    }

    @Test
    void theListHasNameOwnerAccessAndPermits() throws Exception {
        SemaphoreOptions options = SemaphoreOptions.ofPermits(4).withAccess(Access.mode(0640));
        String broken = TestNames.issue(name + ".no-semaphore");
        Files.write(Semaphores.file(broken), new byte[SIZE - 1]);
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, options)) {
            semaphore.acquire();
            assertThat(NamedSemaphore.list())
                    .contains(
                            new NamedSemaphoreEntry(
                                    name,
                                    System.getProperty("user.name"),
                                    Access.mode(0640),
                                    OptionalInt.of(3)));
            assertThat(names()).doesNotContain(broken);
            NamedSemaphore.unlink(name);
            assertThat(names()).doesNotContain(name).isSorted();
        } finally {
            Files.delete(Semaphores.file(broken));
        }
    }

    private static List<String> names() throws IOException {
        return NamedSemaphore.list().stream().map(NamedSemaphoreEntry::name).toList();
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
