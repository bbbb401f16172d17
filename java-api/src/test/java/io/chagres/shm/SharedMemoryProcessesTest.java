// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.chagres.NotFoundException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.shm.SharedMemoryChildren.Answers;
import io.chagres.shm.SharedMemoryChildren.CreatesForEver;
import io.chagres.shm.SharedMemoryChildren.CreatesWithModes;
import io.chagres.shm.SharedMemoryChildren.FillsTheFileSystem;
import io.chagres.shm.SharedMemoryChildren.HoldsAnonymous;
import io.chagres.shm.SharedMemoryChildren.Locks;
import io.chagres.shm.SharedMemoryChildren.Races;
import io.chagres.shm.SharedMemoryChildren.ReadsAfterTruncation;
import io.chagres.shm.SharedMemoryChildren.StaysInTheInitializer;
import io.chagres.shm.SharedMemoryChildren.TriesEverything;
import io.chagres.shm.SharedMemoryChildren.UnlinksOnExit;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared memory between this JVM and others, who may be killed. */
@Tag("native")
@Tag("cross-process")
class SharedMemoryProcessesTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Shared::exists);

    private final String name = TestNames.posix();

    @AfterEach
    void remove() throws IOException {
        Shared.removeIfThere(name);
    }

    @Test
    @Conforms({"shm_open/5", "shm.object/O221"})
    void aSecondProcessSeesEveryByteAndIsSeen() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, 1 << 20);
                Mapping mapping = memory.map()) {
            Shared.fill(mapping.segment(), 1);
            try (SecondProcess child = SecondProcess.java(Answers.class, name)) {
                assertThat(child.readLine()).isEqualTo((1 << 20) + " true");
                assertThat(child.readLine()).isEqualTo("filled");
                assertThat(child.exitCode()).isZero();
            }
            assertThat(Shared.isFilled(mapping.segment(), 2)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077", "777"})
    void theModeIsExactWhateverTheUmask(String umask) throws Exception {
        String wide = TestNames.posix();
        String none = TestNames.posix();
        List<String> prefix = List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
        List<String> command =
                SecondProcess.javaCommand(
                        prefix, List.of(), CreatesWithModes.class, name, wide, none);
        try (SecondProcess child = SecondProcess.command(command)) {
            assertThat(child.readLine()).isEqualTo("made");
            assertThat(permissions(name)).isEqualTo("rw-------");
            assertThat(permissions(wide)).isEqualTo("rw-rw-rw-");
            assertThat(permissions(none)).isEqualTo("---------");
            assertThat(child.exitCode()).isZero();
        } finally {
            Shared.removeIfThere(wide);
            Shared.removeIfThere(none);
        }
    }

    @Test
    void whoHasNoRightsCreatesWithEveryMode() throws Exception {
        String wide = TestNames.posix();
        String none = TestNames.posix();
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                user.javaCommand(CreatesWithModes.class, name, wide, none))) {
            assertThat(child.readLine()).isEqualTo("made");
            assertThat(permissions(name)).isEqualTo("rw-------");
            assertThat(permissions(none)).isEqualTo("---------");
            try (SharedMemory memory = SharedMemory.open(wide)) {
                assertThat(memory.size()).isEqualTo(1);
            }
            assertThat(child.exitCode()).isZero();
        } finally {
            Shared.removeIfThere(wide);
            Shared.removeIfThere(none);
        }
    }

    private static String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Shared.file(name)));
    }

    @Test
    @Conforms({"shm_open/32", "shm_unlink/9", "shm.object/O245"})
    void anotherUserIsRefusedByDefaultAndChangesNothing() throws Exception {
        assumeThat(Unprivileged.isRoot()).isTrue();
        try (Unprivileged user = Unprivileged.create();
                SharedMemory memory = SharedMemory.create(name, 4096);
                SecondProcess child =
                        SecondProcess.command(user.javaCommand(TriesEverything.class, name))) {
            String denied = " AccessDeniedException shm_open " + name + " EACCES";
            assertThat(child.readLine()).isEqualTo("open" + denied);
            assertThat(child.readLine()).isEqualTo("read" + denied);
            assertThat(child.readLine()).isEqualTo("openOrCreate" + denied);
            assertThat(child.readLine())
                    .isEqualTo("create AlreadyExistsException shm_open " + name + " EEXIST");
            assertThat(child.readLine())
                    .matches("unlink AccessDeniedException shm_unlink " + name + " (EACCES|EPERM)");
            assertThat(child.exitCode()).isZero();
            assertThat(memory.size()).isEqualTo(4096);
        }
    }

    @Test
    @Conforms("shm_open/33")
    void whoMayCreateNothingIsDenied() throws Exception {
        assumeThat(Unprivileged.isRoot()).isTrue();
        try (Unprivileged user = Unprivileged.create();
                SecondProcess child =
                        SecondProcess.command(
                                onPrivateTmpfs(
                                        "mode=755",
                                        user.javaCommand(TriesEverything.class, name)))) {
            assertThat(child.readLine()).startsWith("open NotFoundException");
            assertThat(child.readLine()).startsWith("read NotFoundException");
            assertThat(child.readLine())
                    .isEqualTo("openOrCreate AccessDeniedException open " + name + " EACCES");
            assertThat(child.readLine())
                    .isEqualTo("create AccessDeniedException open " + name + " EACCES");
            assertThat(child.readLine()).startsWith("unlink NotFoundException");
        }
    }

    @Test
    @Conforms("shm_open/23")
    void of64ThatOpenOrCreateAtOnceExactlyOneInitializationIsSeen() throws Exception {
        List<SecondProcess> racers = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                racers.add(SecondProcess.java(Races.class, Integer.toString(i)));
            }
            for (SecondProcess racer : racers) {
                assertThat(racer.readLine()).isEqualTo("ready");
            }
            for (int round = 0; round < 25; round++) {
                for (SecondProcess racer : racers) {
                    racer.writeLine(name);
                }
                Set<String> seen = new TreeSet<>();
                for (SecondProcess racer : racers) {
                    seen.add(racer.readLine());
                }
                assertThat(seen).hasSize(1);
                assertThat(seen.iterator().next()).matches("\\[[0-9]+]"); // one, and complete
                SharedMemory.unlink(name);
            }
        } finally {
            for (SecondProcess racer : racers) {
                racer.close();
            }
        }
    }

    @Test
    void aCreatorThatIsKilledWhileItInitializesLeavesNothing() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (SecondProcess child = SecondProcess.java(StaysInTheInitializer.class, name)) {
                assertThat(child.readLine()).isEqualTo("inside");
                assertThat(Shared.file(name)).doesNotExist();
                child.kill();
            }
            assertThat(Shared.file(name)).doesNotExist();
        }
        SharedMemory.create(name, 1).close();
    }

    /** The leak check sees what else there would be in /dev/shm. */
    @Test
    void aCreatorThatIsKilledAtAnyMomentLeavesACompleteObjectOrNone() throws Exception {
        killCreators(10);
    }

    @Test
    @Tag("stress")
    @Timeout(300)
    void manyCreatorsThatAreKilledAtAnyMomentLeaveCompleteObjectsOrNone() throws Exception {
        killCreators(60);
    }

    private void killCreators(int rounds) throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < rounds; round++) {
            try (SecondProcess child = SecondProcess.java(CreatesForEver.class, name)) {
                assertThat(child.readLine()).isEqualTo("running");
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(20_000)));
                child.kill();
            }
            requireCompleteIfThere();
            Shared.removeIfThere(name);
        }
    }

    private void requireCompleteIfThere() throws IOException {
        try (SharedMemory memory = SharedMemory.open(name);
                Mapping mapping = memory.map()) {
            long seed = mapping.segment().get(ValueLayout.JAVA_LONG, 0);
            assertThat(mapping.size()).isEqualTo(1 << 20);
            assertThat(seed).isPositive();
            assertThat(Shared.isFilled(mapping.segment().asSlice(8), seed)).isTrue();
        } catch (NotFoundException e) {
            // killed before it was complete, or after it was unlinked
        }
    }

    @Test
    @Conforms("shm_open/42")
    void aFullFileSystemIsALimitAndWhatIsAllocatedCannotFault() throws Exception {
        List<String> java =
                SecondProcess.javaCommand(List.of(), List.of(), FillsTheFileSystem.class);
        try (SecondProcess child = SecondProcess.command(onPrivateTmpfs("size=64k", java))) {
            String limit = " LimitExceededException posix_fallocate ";
            assertThat(child.readLine()).isEqualTo("too much" + limit + "/a ENOSPC");
            assertThat(child.readLine()).isEqualTo("or create" + limit + "/a ENOSPC");
            assertThat(child.readLine()).isEqualTo("objects 0");
            assertThat(child.readLine())
                    .isEqualTo(
                            "posix_fallocate /b: ENOSPC (No space left on device; the limit is free"
                                    + " space of /dev/shm, now 32768: raise it with mount -o"
                                    + " remount,size=N /dev/shm)");
            assertThat(child.readLine()).isEqualTo("size 32768");
            assertThat(child.readLine()).startsWith("prefault LimitExceededException madvise /c E");
            assertThat(child.readLine()).startsWith("full" + limit).endsWith("ENOSPC");
            assertThat(child.readLine()).isEqualTo("alive 1");
            assertThat(child.exitCode()).isZero();
        }
    }

    /** A mount that only the program sees. */
    private static List<String> onPrivateTmpfs(String options, List<String> program) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!Unprivileged.isRoot()) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        String script = "mount -t tmpfs -o " + options + " tmpfs /dev/shm && exec \"$@\"";
        command.addAll(List.of("sh", "-c", script, "sh"));
        command.addAll(program);
        return command;
    }

    @Test
    @Conforms("shm.object/O233")
    void anonymousMemoryLivesAsLongAsItsLastUser() throws Exception {
        try (SecondProcess child = SecondProcess.java(HoldsAnonymous.class);
                Arena arena = Arena.ofConfined()) {
            String path = "/proc/" + child.pid() + "/fd/" + child.readLine();
            MemorySegment cPath = arena.allocateFrom(path);
            int fd = Fcntl.open(cPath, Fcntl.O_RDWR | Fcntl.O_CLOEXEC, 0);
            try (SharedMemory memory = SharedMemory.adopt(fd)) {
                memory.requireSeals(Set.of(Seal.SHRINK));
                child.kill();
                assertThat(Unistd.ftruncate(fd, 0)).isNegative();
                try (Mapping mapping = memory.map()) {
                    assertThat(mapping.segment().get(ValueLayout.JAVA_BYTE, 7))
                            .isEqualTo((byte) 77);
                }
            }
            assertThat(Fcntl.open(cPath, Fcntl.O_RDWR | Fcntl.O_CLOEXEC, 0)).isNegative();
        }
    }

    /** What the documents say of a peer that truncates. A single load in the interpreter. */
    @Test
    void whatAPeerHasCutOffIsAnInternalErrorToALoad() throws Exception {
        SharedMemory.create(name, 16384).close();
        try (SecondProcess child = SecondProcess.java(ReadsAfterTruncation.class, name)) {
            assertThat(child.readLine()).isEqualTo("mapped");
            try (FileChannel peer = FileChannel.open(Shared.file(name), StandardOpenOption.WRITE)) {
                peer.truncate(1);
            }
            child.writeLine("read");
            assertThat(child.readLine()).isEqualTo("InternalError");
            assertThat(child.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4"})
    @Conforms({"mlock/11", "mlock/12"})
    void lockingMoreThanAllowedIsALimitAndMapsNothing(String kibibytes) throws Exception {
        try (Unprivileged user = Unprivileged.create()) {
            List<String> command = new ArrayList<>();
            String script = "ulimit -l " + kibibytes + " && exec \"$@\"";
            command.addAll(List.of("bash", "-c", script, "bash"));
            command.addAll(user.javaCommand(Locks.class));
            try (SecondProcess child = SecondProcess.command(command)) {
                assertThat(child.readLine())
                        .matches(
                                "lock LimitExceededException mlock memfd:chagres"
                                        + " (ENOMEM|EPERM|EAGAIN)");
                assertThat(child.readLine()).isEqualTo("mappings 0");
                assertThat(child.readLine()).isEqualTo("map done");
            }
        }
    }

    @Test
    void aNameIsUnlinkedAtTheEndOfItsCreatorButNotAnothersNorByAKill() throws Exception {
        try (SecondProcess child = SecondProcess.java(UnlinksOnExit.class, name)) {
            assertThat(child.readLine()).isEqualTo("made");
            assertThat(Shared.file(name)).exists();
            child.writeLine("end");
            assertThat(child.exitCode()).isZero();
        }
        assertThat(Shared.file(name)).doesNotExist();
        try (SecondProcess child = SecondProcess.java(UnlinksOnExit.class, name)) {
            assertThat(child.readLine()).isEqualTo("made");
            SharedMemory.unlink(name);
            SharedMemory.create(name, 2).close();
            child.writeLine("end");
            assertThat(child.exitCode()).isZero();
        }
        assertThat(Shared.file(name)).hasSize(2);
        SharedMemory.unlink(name);
        try (SecondProcess child = SecondProcess.java(UnlinksOnExit.class, name)) {
            assertThat(child.readLine()).isEqualTo("made");
            child.kill();
        }
        assertThat(Shared.file(name)).exists();
    }
}
