// SPDX-License-Identifier: Apache-2.0
package io.chagres.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.Mechanism;
import io.chagres.OpenMode;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Objects, mappings, sizes, and their ends. */
@Tag("native")
class SharedMemoryTest {

    private static final int SIZE = 64 << 10;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Shared::exists);

    /** Long enough that it is not the beginning of another test's. */
    private final String name = TestNames.issue(TestNames.posix() + "-memory");

    @AfterEach
    void remove() throws IpcException {
        Shared.removeIfThere(name);
    }

    @Test
    @Conforms({
        "shm_open/1",
        "shm_open/5",
        "shm_open/14",
        "shm.object/O220",
        "shm.object/O221",
        "munmap/7"
    })
    void twoHandlesOfANameAreTheSameBytes() throws Exception {
        try (SharedMemory first = SharedMemory.create(name, SIZE);
                SharedMemory second = SharedMemory.open(name);
                Mapping one = first.map();
                Mapping two = second.map()) {
            assertThat(first.name()).isEqualTo(name);
            assertThat(second.size()).isEqualTo(SIZE);
            assertThat(two.segment().byteSize()).isEqualTo(SIZE);
            assertThat(two.segment().get(BYTE, SIZE - 1)).isZero();
            Shared.fill(one.segment(), 1);
            assertThat(Shared.isFilled(two.segment(), 1)).isTrue();
            two.segment().set(BYTE, 5, (byte) 99);
            assertThat(one.segment().get(BYTE, 5)).isEqualTo((byte) 99);
        }
    }

    @Test
    void memoryIsReallyAllocatedUnlessItIsSparse() throws Exception {
        try (SharedMemory full = SharedMemory.create(name, SIZE)) {
            assertThat(allocated(full)).isEqualTo(SIZE);
            full.resize(2 * SIZE);
            assertThat(allocated(full)).isEqualTo(2 * SIZE);
        }
        SharedMemory.unlink(name);
        SharedMemoryOptions sparse = SharedMemoryOptions.ofSize(SIZE).withSparse();
        try (SharedMemory empty = SharedMemory.create(name, sparse)) {
            assertThat(empty.size()).isEqualTo(SIZE);
            assertThat(allocated(empty)).isZero();
            empty.resize(2 * SIZE);
            assertThat(allocated(empty)).isZero();
            try (Mapping mapping = empty.map(MapOptions.readWrite().withPrefault())) {
                assertThat(allocated(empty)).isEqualTo(2 * SIZE);
                assertThat(mapping.size()).isEqualTo(2 * SIZE);
            }
        }
    }

    private static long allocated(SharedMemory memory) throws Exception {
        try (Arena arena = Arena.ofConfined();
                BorrowedDescriptor lent = memory.borrow()) {
            MemorySegment stat = arena.allocate(Stat.LAYOUT);
            Stat.fstat(lent.fd(), stat);
            return Stat.st_blocks(stat) * 512;
        }
    }

    @Test
    void anInitializerWritesBeforeTheNameIsThereAndWhatItThrowsLeavesNothing() throws Exception {
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(SIZE).withMode(OpenMode.READ_ONLY);
        assertThatThrownBy(
                        () ->
                                SharedMemory.create(
                                        name,
                                        options,
                                        memory -> {
                                            throw new IllegalStateException("on purpose");
                                        }))
                .hasMessage("on purpose");
        List<MemorySegment> escaped = new ArrayList<>();
        try (SharedMemory made =
                        SharedMemory.openOrCreate(
                                name,
                                options,
                                memory -> {
                                    assertThat(Shared.file(name)).doesNotExist();
                                    Shared.fill(memory, 3);
                                    escaped.add(memory);
                                });
                Mapping mapping = made.map()) {
            assertThat(made.mode()).isEqualTo(OpenMode.READ_ONLY);
            assertThat(mapping.segment().isReadOnly()).isTrue();
            assertThat(Shared.isFilled(mapping.segment(), 3)).isTrue();
            assertThatIllegalStateException().isThrownBy(() -> escaped.get(0).get(BYTE, 0));
            SharedMemory.openOrCreate(
                            name,
                            options,
                            memory -> {
                                throw new AssertionError("it exists");
                            })
                    .close();
        }
    }

    @Test
    @Conforms({"munmap/1"})
    void handleAndMappingEndByThemselvesAndAccessAfterTheEndIsAnException() throws Exception {
        SharedMemory memory = SharedMemory.create(name, SIZE);
        Mapping mapping = memory.map();
        memory.close();
        memory.close();
        mapping.segment().set(BYTE, 1, (byte) 1);
        assertThat(Shared.mappings(name)).isEqualTo(1);
        mapping.close();
        mapping.close();
        assertThatIllegalStateException().isThrownBy(() -> mapping.segment().get(BYTE, 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> mapping.segment().set(BYTE, 1, (byte) 1));
        assertThat(Shared.mappings(name)).isZero();
    }

    @Test
    @Conforms({"mmap/6", "mmap/17", "shm.object/O235"})
    void whatIsForReadingOnlyIsNotWritten() throws Exception {
        SharedMemory.create(name, SIZE).close();
        try (SharedMemory reader = SharedMemory.open(name, OpenMode.READ_ONLY);
                Mapping mapping = reader.map()) {
            assertThatThrownBy(() -> mapping.segment().set(BYTE, 0, (byte) 1))
                    .isInstanceOfAny(
                            UnsupportedOperationException.class, IllegalArgumentException.class);
            assertThatThrownBy(() -> mapping.segment().fill((byte) 1))
                    .isInstanceOfAny(
                            UnsupportedOperationException.class, IllegalArgumentException.class);
            assertThatIllegalStateException()
                    .isThrownBy(() -> reader.map(MapOptions.readWrite()))
                    .withMessage(name + " is open for reading only");
            assertThatIllegalStateException().isThrownBy(() -> reader.resize(1));
            assertThatIllegalStateException()
                    .isThrownBy(() -> reader.seal(EnumSet.of(Seal.SHRINK)));
            assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
                    .anyMatch(line -> line.contains(name) && line.contains(" r--s "));
        }
        try (SharedMemory writer = SharedMemory.open(name);
                Mapping mapping = writer.map(MapOptions.readOnly())) {
            assertThat(mapping.segment().isReadOnly()).isTrue();
        }
    }

    @Test
    @Conforms("mmap/20")
    void anOffsetNeedNotBeThatOfAPage() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, SIZE);
                Mapping all = memory.map()) {
            Shared.fill(all.segment(), 2);
            for (long offset : new long[] {1, 4095, 4096, 4097, SIZE - 1}) {
                try (Mapping part = memory.map(MapOptions.readWrite().withOffset(offset))) {
                    assertThat(part.size()).isEqualTo(SIZE - offset);
                    assertThat(part.segment().mismatch(all.segment().asSlice(offset)))
                            .isEqualTo(-1);
                    part.segment().set(BYTE, 0, (byte) 42);
                    assertThat(all.segment().get(BYTE, offset)).isEqualTo((byte) 42);
                    assertThatThrownBy(() -> part.segment().get(BYTE, SIZE - offset))
                            .isInstanceOf(IndexOutOfBoundsException.class);
                }
            }
            try (Mapping one = memory.map(MapOptions.readOnly().withOffset(100).withSize(1))) {
                assertThat(one.size()).isEqualTo(1);
            }
        }
    }

    @Test
    @Conforms("mmap/28")
    void aRangeBeyondTheObjectIsRefused() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, 5000)) {
            for (MapOptions options :
                    List.of(
                            MapOptions.readWrite().withOffset(5000),
                            MapOptions.readWrite().withOffset(Long.MAX_VALUE),
                            MapOptions.readWrite().withSize(5001), // the page has room for it
                            MapOptions.readWrite().withSize(Long.MAX_VALUE),
                            MapOptions.readWrite().withOffset(4999).withSize(2))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> memory.map(options))
                        .withMessageContaining("beyond the 5000 bytes of " + name);
            }
        }
    }

    @Test
    void anObjectThatItsMakerHasNotSizedYetIsNotMapped() throws Exception {
        Files.createFile(Shared.file(name));
        try (SharedMemory memory = SharedMemory.open(name)) {
            assertThat(memory.size()).isZero();
            assertThatThrownBy(memory::map)
                    .isExactlyInstanceOf(IpcException.class)
                    .hasMessageContaining("it is empty");
            memory.resize(10);
            try (Mapping mapping = memory.map()) {
                assertThat(mapping.size()).isEqualTo(10);
            }
        }
    }

    @Test
    @Conforms("mmap/24")
    void moreThanTheAddressSpaceIsALimit() throws Exception {
        SharedMemoryOptions huge = SharedMemoryOptions.ofSize(Long.MAX_VALUE).withSparse();
        try (SharedMemory memory = SharedMemory.create(name, huge)) {
            assertThat(memory.size()).isEqualTo(Long.MAX_VALUE);
            assertThatThrownBy(memory::map)
                    .isInstanceOfSatisfying(
                            LimitExceededException.class,
                            e -> {
                                assertThat(e.operation()).isEqualTo("mmap");
                                assertThat(e.limit()).isNotEmpty();
                                assertThat(e.symbol()).isIn("ENOMEM", "EOVERFLOW");
                            });
        }
    }

    @Test
    void sizesBeyondTwoToThe31stAreOrdinary() throws Exception {
        long size = (5L << 30) + 12;
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(size).withSparse();
        try (SharedMemory memory = SharedMemory.create(name, options);
                Mapping all = memory.map();
                Mapping tail = memory.map(MapOptions.readWrite().withOffset(size - 7))) {
            assertThat(all.size()).isEqualTo(size);
            assertThat(tail.size()).isEqualTo(7);
            all.segment().set(BYTE, size - 1, (byte) 1);
            all.segment().set(BYTE, 3L << 30, (byte) 2);
            assertThat(tail.segment().get(BYTE, 6)).isEqualTo((byte) 1);
            assertThat(all.segment().get(BYTE, 3L << 30)).isEqualTo((byte) 2);
            all.segment()
                    .asSlice(1L << 31, 8)
                    .copyFrom(MemorySegment.ofArray(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
            assertThat(all.segment().get(BYTE, (1L << 31) + 7)).isEqualTo((byte) 8);
        }
    }

    @Test
    @Conforms("shm.object/O234")
    void growingIsSeenByLaterMappingsAndShrinkingBeneathAMappingIsRefused() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
            Mapping old = memory.map();
            old.segment().set(BYTE, 9, (byte) 9);
            memory.resize(3 * SIZE);
            assertThat(old.size()).isEqualTo(SIZE);
            Mapping grown = memory.map();
            assertThat(grown.size()).isEqualTo(3 * SIZE);
            assertThat(grown.segment().get(BYTE, 9)).isEqualTo((byte) 9);
            assertThatIllegalStateException()
                    .isThrownBy(() -> memory.resize(2 * SIZE))
                    .withMessageContaining("reaches to byte " + 3 * SIZE);
            grown.close();
            memory.resize(2 * SIZE);
            assertThatIllegalStateException().isThrownBy(() -> memory.resize(SIZE - 1));
            old.close();
            memory.resize(1);
            assertThat(memory.size()).isEqualTo(1);
            assertThatIllegalArgumentException().isThrownBy(() -> memory.resize(0));
            assertThatIllegalArgumentException().isThrownBy(() -> memory.resize(-1));
        }
    }

    @Test
    void moreThanTheFileSystemHasIsALimitAndLeavesNothing() throws Exception {
        for (long size : new long[] {Long.MAX_VALUE, 1L << 62, 1L << 50}) {
            assertThatThrownBy(() -> SharedMemory.create(name, size))
                    .isInstanceOfSatisfying(
                            LimitExceededException.class,
                            e -> {
                                assertThat(e.limit()).isEqualTo("free space of /dev/shm");
                                assertThat(e.value()).isPositive();
                                assertThat(e)
                                        .hasMessageContaining("mount -o remount,size=N /dev/shm");
                            });
            assertThatThrownBy(
                            () -> SharedMemory.anonymous(SharedMemoryOptions.ofSize(size)).close())
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("available memory of the machine");
        }
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
            assertThatThrownBy(() -> memory.resize(1L << 50))
                    .isInstanceOf(LimitExceededException.class);
            assertThat(memory.size()).isEqualTo(SIZE);
        }
    }

    @Test
    @Conforms("shm.object/O238")
    void aMappingOfAnAutomaticArenaEndsWithItsLastSlice() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
            MemorySegment slice = memory.map(MapOptions.readWrite(), Arena.ofAuto()).asSlice(8, 8);
            System.gc();
            System.gc();
            slice.set(BYTE, 0, (byte) 5);
            assertThat(Shared.mappings(name)).isEqualTo(1);
            assertThat(slice.get(BYTE, 0)).isEqualTo((byte) 5);
            slice = MemorySegment.NULL;
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                System.gc();
                                return Shared.mappings(name) == 0;
                            });
            assertThat(slice).isEqualTo(MemorySegment.NULL);
        }
    }

    @Test
    void anArenaThatCannotOwnAMappingLeavesNone() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
            Arena closed = Arena.ofConfined();
            closed.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> memory.map(MapOptions.readWrite(), closed));
            try (Arena ours = Arena.ofConfined()) {
                Caller<MemorySegment> other =
                        Caller.start(() -> memory.map(MapOptions.readWrite(), ours));
                assertThatThrownBy(other::result).hasCauseInstanceOf(WrongThreadException.class);
                assertThat(memory.map(MapOptions.readWrite(), ours).byteSize()).isEqualTo(SIZE);
            }
            assertThat(Shared.mappings(name)).isZero();
            memory.resize(1); // no mapping is remembered
        }
    }

    @Test
    void aClosedHandleRefusesEverything() throws Exception {
        SharedMemory memory = SharedMemory.create(name, SIZE);
        memory.close();
        assertThatThrownBy(memory::size).isInstanceOf(ClosedException.class);
        assertThatThrownBy(memory::map).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> memory.resize(1)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(memory::seals).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> memory.seal(EnumSet.of(Seal.GROW)))
                .isInstanceOf(ClosedException.class);
        assertThatThrownBy(memory::borrow).isInstanceOf(ClosedException.class);
        assertThatThrownBy(memory::detach).isInstanceOf(ClosedException.class);
        assertThat(memory).hasToString("SharedMemory[" + name + ", READ_WRITE]");
    }

    @Test
    void aDescriptorCanBeLentGivenAwayAndTakenOver() throws Exception {
        SharedMemory memory = SharedMemory.create(name, SIZE);
        BorrowedDescriptor lent = memory.borrow();
        assertThat(Fcntl.fcntl(lent.fd(), Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
        assertThatIllegalStateException().isThrownBy(memory::detach);
        lent.close();
        int fd = memory.detach();
        memory.close();
        Fcntl.fcntl(fd, Fcntl.F_SETFD, 0);
        try (SharedMemory adopted = SharedMemory.adopt(fd)) {
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
            assertThat(adopted.size()).isEqualTo(SIZE);
            assertThat(adopted.mode()).isEqualTo(OpenMode.READ_WRITE);
        }
        assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isNegative();
    }

    @Test
    void whatIsNotSharedMemoryIsNotAdopted() throws Exception {
        Path disk = Path.of("target", "chagres-not-shared");
        Files.writeString(disk, "x");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pipe = arena.allocate(8);
            Unistd.pipe2(pipe, Fcntl.O_CLOEXEC);
            int file = Fcntl.open(arena.allocateFrom(disk.toString()), Fcntl.O_RDWR, 0);
            SharedMemory.create(name, SIZE).close();
            MemorySegment path = arena.allocateFrom("/dev/shm" + name);
            int writer = Fcntl.open(path, Fcntl.O_WRONLY, 0);
            int[] fds = {pipe.get(ValueLayout.JAVA_INT, 0), file, writer};
            String[] reasons = {"it is a FIFO or pipe", "a file on a disk", "not open for reading"};
            for (int i = 0; i < fds.length; i++) {
                int fd = fds[i];
                assertThatThrownBy(() -> SharedMemory.adopt(fd))
                        .isExactlyInstanceOf(IpcException.class)
                        .hasMessageStartingWith("adopt descriptor " + fd)
                        .hasMessageContaining(reasons[i]);
                assertThat(Unistd.close(fd)).isZero(); // it was left open
            }
            Unistd.close(pipe.get(ValueLayout.JAVA_INT, 4));
        } finally {
            Files.delete(disk);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SharedMemory.adopt(-1));
        assertThatThrownBy(() -> SharedMemory.adopt(1_000_000)).isInstanceOf(IpcException.class);
    }

    @Test
    void eightThreadsUseAHandleWhileItIsClosed() throws Exception {
        for (int round = 0; round < 100; round++) {
            SharedMemory memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(4096));
            AtomicInteger maps = new AtomicInteger();
            CountDownLatch started = new CountDownLatch(8);
            List<Caller<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                callers.add(
                        Caller.start(
                                () -> {
                                    started.countDown();
                                    try {
                                        while (true) {
                                            useOnce(memory);
                                            maps.incrementAndGet();
                                        }
                                    } catch (ClosedException e) {
                                        return true;
                                    }
                                }));
            }
            started.await();
            memory.close();
            for (Caller<Boolean> caller : callers) {
                assertThat(caller.result()).isTrue();
            }
        }
        assertThat(Shared.mappings("memfd:chagres")).isZero();
    }

    private static void useOnce(SharedMemory memory) throws IpcException {
        try (Mapping mapping = memory.map()) {
            mapping.segment().set(BYTE, 0, (byte) 1);
            assertThat(memory.size()).isEqualTo(4096);
        }
    }

    @Test
    void aMappingCanBeClosedByManyThreadsWhileOthersReadIt() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
            for (int round = 0; round < 50; round++) {
                Mapping mapping = memory.map();
                CountDownLatch started = new CountDownLatch(8);
                List<Caller<Boolean>> callers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    boolean closes = i >= 6;
                    callers.add(
                            Caller.start(
                                    () -> {
                                        started.countDown();
                                        if (closes) {
                                            started.await();
                                            mapping.close();
                                            return true;
                                        }
                                        try {
                                            while (true) {
                                                mapping.segment().get(BYTE, SIZE - 1);
                                            }
                                        } catch (IllegalStateException e) {
                                            return true;
                                        }
                                    }));
                }
                for (Caller<Boolean> caller : callers) {
                    assertThat(caller.result()).isTrue();
                }
            }
        }
    }

    @Test
    @Conforms("mlock/3")
    void lockedMemoryIsCountedAsLocked() throws Exception {
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
            long before = Shared.status("VmLck");
            try (Mapping mapping = memory.map(MapOptions.readWrite().withLock())) {
                assertThat(mapping.size()).isEqualTo(SIZE);
                assertThat(Shared.status("VmLck") - before).isEqualTo(SIZE >> 10);
            }
            assertThat(Shared.status("VmLck")).isEqualTo(before);
        }
    }

    @Test
    void transparentHugePagesAreAskedForOrRefusedByName() throws Exception {
        String setting =
                Files.readString(Path.of("/sys/kernel/mm/transparent_hugepage/shmem_enabled"));
        MapOptions options = MapOptions.readWrite().withHugePages();
        try (SharedMemory memory = SharedMemory.create(name, 4 << 20)) {
            if (setting.contains("[never]") || setting.contains("[deny]")) {
                assertThatThrownBy(() -> memory.map(options))
                        .isInstanceOf(LimitExceededException.class)
                        .hasMessageContaining("shmem_enabled");
                assertThat(Shared.mappings(name)).isZero();
            } else {
                memory.map(options).close();
            }
        }
    }

    @Test
    @Conforms("shm.object/O244")
    void thePageSizeIsThatOfTheSystem() {
        assertThat(SharedMemory.pageSize())
                .isEqualTo((int) Unistd.sysconf(Unistd._SC_PAGESIZE))
                .isPositive();
    }

    @Test
    void bothFormsAreSupportedHere() {
        for (Mechanism form : new Mechanism[] {Mechanism.POSIX_SHM, Mechanism.MEMFD}) {
            assertThat(Ipc.whyUnsupported(form)).isEmpty();
            assertThat(Ipc.supports(form)).isTrue();
        }
    }
}
