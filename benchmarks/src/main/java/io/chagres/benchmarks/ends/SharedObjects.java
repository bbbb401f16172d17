// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.Fcntl;
import io.chagres.posix.Mman;
import io.chagres.posix.Unistd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Objects of shared memory over the call layer. */
final class SharedObjects {

    private static final int OWNER_ONLY = 0600;

    private SharedObjects() {}

    static void create(String name, long bytes) throws IOException {
        int fd = open(name, Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_EXCL);
        Calls.check(name, Unistd.ftruncate(fd, bytes));
        Unistd.close(fd);
    }

    static int createNameless(long bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom("chagres-bench");
            int fd = Calls.check("memfd_create", Mman.memfd_create(name, Mman.MFD_CLOEXEC));
            Calls.check("ftruncate", Unistd.ftruncate(fd, bytes));
            return fd;
        }
    }

    static MemorySegment map(String name, long bytes) throws IOException {
        int fd = open(name, Fcntl.O_RDWR);
        MemorySegment memory = map(fd, bytes);
        Unistd.close(fd);
        return memory;
    }

    /** Maps all of an object for as long as this process lives. */
    static MemorySegment map(int fd, long bytes) throws IOException {
        int protection = Mman.PROT_READ | Mman.PROT_WRITE;
        long address =
                Calls.address("mmap", Mman.mmap(0, bytes, protection, Mman.MAP_SHARED, fd, 0));
        return Mman.segment(address, bytes, Arena.global(), unmapped -> {});
    }

    private static int open(String name, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return Calls.check(name, Mman.shm_open(arena.allocateFrom(name), flags, OWNER_ONLY));
        }
    }

    static void unlink(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Calls.check(name, Mman.shm_unlink(arena.allocateFrom(name)));
        }
    }
}
