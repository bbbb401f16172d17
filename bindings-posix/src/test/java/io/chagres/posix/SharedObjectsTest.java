// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bare calls on shared memory objects and semaphores. */
@Tag("native")
class SharedObjectsTest {

    private static final int SIZE = 4096;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @Test
    void twoMappingsOfAnObjectAreTheSameMemory() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(TestNames.posix());
            int fd = Mman.shm_open(name, Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_EXCL, 0600);
            assertThat(fd).isGreaterThan(0);
            assertThat(Unistd.ftruncate(fd, SIZE)).isZero();
            assertThatMappingsAgree(fd);
            assertThat(Mman.shm_unlink(name)).isZero();
            assertThat(Mman.shm_unlink(name)).isEqualTo(-Errno.ENOENT);
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void anObjectWithoutANameIsMemoryToo() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom("chagres");
            int flags = Mman.MFD_CLOEXEC | Mman.MFD_NOEXEC_SEAL;
            int fd = Mman.memfd_create(name, flags);
            if (fd == -Errno.EINVAL) { // a kernel before 6.3
                fd = Mman.memfd_create(name, Mman.MFD_CLOEXEC);
            }
            assertThat(fd).isGreaterThan(0);
            assertThat(Unistd.ftruncate(fd, SIZE)).isZero();
            assertThatMappingsAgree(fd);
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    private static void assertThatMappingsAgree(int fd) {
        int protection = Mman.PROT_READ | Mman.PROT_WRITE;
        long one = Mman.mmap(0, SIZE, protection, Mman.MAP_SHARED, fd, 0);
        long two = Mman.mmap(0, SIZE, Mman.PROT_READ, Mman.MAP_SHARED, fd, 0);
        assertThat(one).isGreaterThan(0);
        assertThat(two).isGreaterThan(0);
        segment(one).set(ValueLayout.JAVA_INT, 40, 42);
        assertThat(segment(two).get(ValueLayout.JAVA_INT, 40)).isEqualTo(42);
        assertThat(Mman.munmap(one, SIZE)).isZero();
        assertThat(Mman.munmap(two, SIZE)).isZero();
    }

    private static MemorySegment segment(long address) {
        return MemorySegment.ofAddress(address).reinterpret(SIZE);
    }

    @Test
    void aMappingThatFailsIsTheNegatedErrno() {
        assertThat(Mman.mmap(0, SIZE, Mman.PROT_READ, Mman.MAP_SHARED, -1, 0))
                .isEqualTo(-Errno.EBADF);
    }

    @Test
    void aSemaphoreCountsAndItsNameGoes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(TestNames.posix());
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            assertThat(Semaphores.sem_open(name, 0, 0, 0)).isEqualTo(-Errno.ENOENT);
            long sem = Semaphores.sem_open(name, Fcntl.O_CREAT | Fcntl.O_EXCL, 0600, 2);
            assertThat(sem).isGreaterThan(0);
            assertThat(Semaphores.sem_wait(sem)).isZero();
            assertThat(Semaphores.sem_trywait(sem)).isZero();
            assertThat(Semaphores.sem_trywait(sem)).isEqualTo(-Errno.EAGAIN);
            MemorySegment past = arena.allocate(Timespec.LAYOUT);
            assertThat(Semaphores.sem_timedwait(sem, past.address())).isEqualTo(-Errno.ETIMEDOUT);
            assertThat(Semaphores.sem_post(sem)).isZero();
            assertThat(Semaphores.sem_getvalue(sem, value.address())).isZero();
            assertThat(value.get(ValueLayout.JAVA_INT, 0)).isEqualTo(1);
            assertThat(Semaphores.sem_close(sem)).isZero();
            assertThat(Semaphores.sem_unlink(name)).isZero();
        }
    }
}
