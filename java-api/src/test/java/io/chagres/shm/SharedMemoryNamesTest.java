// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Access;
import io.chagres.AlreadyExistsException;
import io.chagres.InvalidNameException;
import io.chagres.IpcException;
import io.chagres.NotFoundException;
import io.chagres.OpenMode;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that come and go, and what else may be found under one. */
@Tag("native")
class SharedMemoryNamesTest {

    private static final SharedMemoryOptions OPTIONS = SharedMemoryOptions.ofSize(4096);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Shared::exists);

    private final String name = TestNames.posix();

    /** The JDK keeps a socket of its own from the first one on, which would look like a leak. */
    @BeforeAll
    static void openTheFirstSocket() throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
    }

    @AfterEach
    void remove() throws IOException {
        Files.deleteIfExists(Shared.file(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "chagres-test-no-slash",
                "/chagres-test/inner",
                "/chagres-test-end/",
                "/.",
                "/..",
                "/../chagres-test-up",
                "/chagres-test-nul\0after",
                "/chagres-test-\u00e9",
                "/sem.chagres-test"
            })
    @Conforms({"shm_open/37"})
    void aNameThatBreaksARuleIsRefusedByEveryOperation(String bad) {
        assertThatThrownBy(() -> SharedMemory.create(bad, 1))
                .isInstanceOfSatisfying(
                        InvalidNameException.class,
                        e -> {
                            assertThat(e.operation()).isEqualTo("shm_open");
                            assertThat(e).hasMessageContaining(": a name ");
                        });
        assertThatThrownBy(() -> SharedMemory.open(bad)).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> SharedMemory.openOrCreate(bad, OPTIONS))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> SharedMemory.unlink(bad))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("shm_unlink");
    }

    @Test
    @Conforms("shm_unlink/10")
    void theLongestNameWorksAndALongerOneIsRefused() throws Exception {
        String longest = TestNames.issue(name + "n".repeat(255 - name.length()));
        SharedMemory.create(longest, 1).close();
        SharedMemory.open(longest).close();
        SharedMemory.unlink(longest);
        assertThatThrownBy(() -> SharedMemory.create(longest + "n", 1))
                .isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> SharedMemory.unlink(longest + "n"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("256");
    }

    @Test
    @Conforms({"shm_open/22", "shm_open/41", "shm.object/O227", "shm_unlink/7"})
    void whatExistsIsNotCreatedAndWhatDoesNotIsNotOpened() throws Exception {
        assertThatThrownBy(() -> SharedMemory.open(name))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("shm_open " + name + ": ENOENT (No such file or directory)");
        assertThatThrownBy(() -> SharedMemory.unlink(name))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("shm_unlink " + name + ": ENOENT (No such file or directory)");
        SharedMemory.create(name, 100).close();
        assertThatThrownBy(() -> SharedMemory.create(name, 200))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessage("shm_open " + name + ": EEXIST (File exists)");
        try (SharedMemory kept = SharedMemory.openOrCreate(name, OPTIONS)) {
            assertThat(kept.size()).isEqualTo(100);
        }
    }

    @Test
    void aNameThatExistsIsRefusedBeforeMemoryIsTakenAndAnInitializerRun() throws Exception {
        SharedMemory.create(name, 100).close();
        SharedMemoryOptions far = SharedMemoryOptions.ofSize(Long.MAX_VALUE);
        assertThatThrownBy(
                        () ->
                                SharedMemory.create(
                                        name,
                                        far,
                                        memory -> {
                                            throw new AssertionError("called");
                                        }))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    @Conforms({"shm_unlink/2", "shm_unlink/5"})
    void anUnlinkedNameIsGoneAtOnceAndTheNextObjectIsAnother() throws Exception {
        try (SharedMemory old = SharedMemory.create(name, 4096);
                Mapping mapping = old.map()) {
            mapping.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 7);
            SharedMemory.unlink(name);
            assertThatThrownBy(() -> SharedMemory.open(name)).isInstanceOf(NotFoundException.class);
            try (SharedMemory fresh = SharedMemory.openOrCreate(name, OPTIONS);
                    Mapping other = fresh.map()) {
                assertThat(other.segment().get(ValueLayout.JAVA_BYTE, 0)).isZero();
            }
            assertThat(mapping.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
        }
    }

    @Test
    void theListHasNameOwnerAccessAndSizeAndNoSemaphores() throws Exception {
        Path semaphore = Path.of("/dev/shm/sem." + name.substring(1));
        Files.createFile(semaphore);
        try {
            SharedMemory.create(
                            name, SharedMemoryOptions.ofSize(12345).withAccess(Access.mode(0640)))
                    .close();
            assertThat(SharedMemory.list())
                    .contains(
                            new SharedMemoryEntry(
                                    name,
                                    System.getProperty("user.name"),
                                    Access.mode(0640),
                                    12345))
                    .noneMatch(entry -> entry.name().startsWith("/sem."));
        } finally {
            Files.delete(semaphore);
        }
    }

    /** What somebody may have put where an object is looked for. */
    enum Planted {
        LINK("a symbolic link"),
        DANGLING_LINK("a symbolic link"),
        DIRECTORY("a directory"),
        FIFO("a FIFO"),
        SOCKET("a socket");

        private final String said;

        Planted(String said) {
            this.said = said;
        }

        void plant(Path place, Path target) throws IOException {
            switch (this) {
                case LINK, DANGLING_LINK -> {
                    if (this == LINK) {
                        Files.writeString(target, "precious");
                    }
                    Files.createSymbolicLink(place, target);
                }
                case DIRECTORY -> Files.createDirectory(place);
                case FIFO -> {
                    try (Arena arena = Arena.ofConfined()) {
                        assertThat(
                                        Stat.mkfifoat(
                                                Fcntl.AT_FDCWD,
                                                arena.allocateFrom(place.toString()),
                                                0600))
                                .isZero();
                    }
                }
                case SOCKET ->
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                                .bind(UnixDomainSocketAddress.of(place))
                                .close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPlantedUnderTheNameIsNeitherFollowedNorOpenedNorReplaced(Planted planted)
            throws Exception {
        Path target = Shared.file(name + "-target");
        planted.plant(Shared.file(name), target);
        try {
            for (OpenMode mode : new OpenMode[] {OpenMode.READ_ONLY, OpenMode.READ_WRITE}) {
                assertThatThrownBy(() -> SharedMemory.open(name, mode))
                        .isExactlyInstanceOf(IpcException.class)
                        .hasMessageContaining(planted.said)
                        .hasMessageContaining("shm_open " + name);
            }
            assertThatThrownBy(() -> SharedMemory.openOrCreate(name, OPTIONS))
                    .isExactlyInstanceOf(IpcException.class);
            assertThatThrownBy(() -> SharedMemory.create(name, OPTIONS))
                    .isInstanceOf(AlreadyExistsException.class);
            if (planted == Planted.LINK) {
                assertThat(target).hasContent("precious");
            } else {
                assertThat(target).doesNotExist();
            }
        } finally {
            Files.deleteIfExists(target);
        }
    }
}
