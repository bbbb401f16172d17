// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bare calls on pages, seals, and semaphores in memory. */
@Tag("native")
class MemoryTest {

    private static final long PAGE = Unistd.sysconf(Unistd._SC_PAGESIZE);
    private static final int WRITABLE = Mman.PROT_READ | Mman.PROT_WRITE;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void pagesAreLockedOrTheLimitRefusesIt() {
        long address = anonymous();
        assertThat(Mman.mlock(address, PAGE)).isIn(0, -Errno.ENOMEM, -Errno.EPERM);
        assertThat(Mman.munlock(address, PAGE)).isZero();
        assertThat(Mman.munmap(address, PAGE)).isZero();
        assertThat(Mman.mlock(address, PAGE)).isIn(-Errno.ENOMEM, -Errno.EPERM);
    }

    @Test
    void adviceIsTakenAndPagesGivenUpAreEmpty() {
        long address = anonymous();
        // before Linux 5.14 nobody knows how to populate
        assertThat(Mman.madvise(address, PAGE, Mman.MADV_POPULATE_WRITE)).isIn(0, -Errno.EINVAL);
        assertThat(Mman.madvise(address, PAGE, Mman.MADV_POPULATE_READ)).isIn(0, -Errno.EINVAL);
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(PAGE);
        memory.set(ValueLayout.JAVA_INT, 0, 42);
        assertThat(Mman.madvise(address, PAGE, Mman.MADV_DONTNEED)).isZero();
        assertThat(memory.get(ValueLayout.JAVA_INT, 0)).isZero();
        assertThat(Mman.madvise(address, PAGE, -1)).isEqualTo(-Errno.EINVAL);
        assertThat(Mman.madvise(address + 1, PAGE, Mman.MADV_DONTNEED)).isEqualTo(-Errno.EINVAL);
        assertThat(Mman.munmap(address, PAGE)).isZero();
    }

    @Test
    void aFixedMappingTakesThePlaceOfAnother() {
        long address = anonymous();
        int flags = Mman.MAP_PRIVATE | Mman.MAP_ANONYMOUS | Mman.MAP_FIXED;
        assertThat(Mman.mmap(address, PAGE, WRITABLE, flags, -1, 0)).isEqualTo(address);
        assertThat(Mman.msync(address, PAGE, Mman.MS_SYNC)).isZero();
        assertThat(Mman.munmap(address, PAGE)).isZero();
        assertThat(Mman.msync(address, PAGE, Mman.MS_SYNC)).isEqualTo(-Errno.ENOMEM);
    }

    @Test
    void whatIsSealedStaysAsItIs() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = sealable(arena);
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GET_SEALS, 0)).isZero();
            int seals = Fcntl.F_SEAL_SHRINK | Fcntl.F_SEAL_GROW | Fcntl.F_SEAL_WRITE;
            assertThat(Fcntl.fcntl(fd, Fcntl.F_ADD_SEALS, seals)).isZero();
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GET_SEALS, 0)).isEqualTo(seals);
            assertThat(Unistd.ftruncate(fd, 0)).isEqualTo(-Errno.EPERM);
            assertThat(Unistd.ftruncate(fd, 2 * PAGE)).isEqualTo(-Errno.EPERM);
            assertThat(Mman.mmap(0, PAGE, WRITABLE, Mman.MAP_SHARED, fd, 0))
                    .isEqualTo(-Errno.EPERM);
            assertThat(Fcntl.fcntl(fd, Fcntl.F_ADD_SEALS, Fcntl.F_SEAL_SEAL)).isZero();
            assertThat(Fcntl.fcntl(fd, Fcntl.F_ADD_SEALS, seals)).isEqualTo(-Errno.EPERM);
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void aMappingFromBeforeMayStillBeWrittenUnderFutureWrite() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = sealable(arena);
            long address = Mman.mmap(0, PAGE, WRITABLE, Mman.MAP_SHARED, fd, 0);
            assertThat(address).isGreaterThan(0);
            assertThat(Fcntl.fcntl(fd, Fcntl.F_ADD_SEALS, Fcntl.F_SEAL_FUTURE_WRITE)).isZero();
            MemorySegment.ofAddress(address).reinterpret(PAGE).set(ValueLayout.JAVA_INT, 0, 1);
            assertThat(Mman.mmap(0, PAGE, WRITABLE, Mman.MAP_SHARED, fd, 0))
                    .isEqualTo(-Errno.EPERM);
            assertThat(Mman.munmap(address, PAGE)).isZero();
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void anExecutableBitCanBeSealed() {
        try (Arena arena = Arena.ofConfined()) {
            int fd = sealable(arena);
            int sealed = Fcntl.fcntl(fd, Fcntl.F_ADD_SEALS, Fcntl.F_SEAL_EXEC);
            if (sealed != -Errno.EINVAL) { // a kernel before 6.3
                assertThat(sealed).isZero();
                assertThat(Stat.fchmod(fd, 0600)).isEqualTo(-Errno.EPERM);
            }
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void aSemaphoreInMemoryWaitsOnTheMonotonicClock() {
        try (Arena arena = Arena.ofConfined()) {
            long sem = arena.allocate(Semaphores.SIZE, Long.BYTES).address();
            assertThat(Semaphores.sem_init(sem, 1, 1)).isZero();
            MemorySegment deadline = arena.allocate(Timespec.LAYOUT);
            int clock = Time.CLOCK_MONOTONIC;
            assertThat(Semaphores.sem_clockwait(sem, clock, deadline.address())).isZero();
            long begin = System.nanoTime();
            assertThat(Time.clock_gettime(clock, deadline)).isZero();
            long nanos = Timespec.tv_nsec(deadline) + 20_000_000;
            Timespec.tv_sec(deadline, Timespec.tv_sec(deadline) + nanos / 1_000_000_000);
            Timespec.tv_nsec(deadline, nanos % 1_000_000_000);
            assertThat(Semaphores.sem_clockwait(sem, clock, deadline.address()))
                    .isEqualTo(-Errno.ETIMEDOUT);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(20_000_000);
            assertThat(Semaphores.sem_clockwait(sem, -1, deadline.address()))
                    .isEqualTo(-Errno.EINVAL);
            assertThat(Semaphores.sem_destroy(sem)).isZero();
            assertThat(Semaphores.sem_init(sem, 0, -1)).isEqualTo(-Errno.EINVAL);
        }
    }

    private static long anonymous() {
        int flags = Mman.MAP_PRIVATE | Mman.MAP_ANONYMOUS;
        long address = Mman.mmap(0, PAGE, WRITABLE, flags, -1, 0);
        assertThat(address).isGreaterThan(0);
        return address;
    }

    private static int sealable(Arena arena) {
        int flags = Mman.MFD_CLOEXEC | Mman.MFD_ALLOW_SEALING;
        int fd = Mman.memfd_create(arena.allocateFrom("chagres"), flags);
        assertThat(fd).isGreaterThan(0);
        assertThat(Unistd.ftruncate(fd, PAGE)).isZero();
        return fd;
    }
}
