// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Mman;
import io.chagres.posix.Unistd;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import org.openjdk.jmh.annotations.Benchmark;

/** A page of shared memory created, mapped and gone. */
public class SharedMemoryLife extends NamedLife {

    private static final int FLAGS = Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_RDWR | Fcntl.O_CLOEXEC;

    private final long size = SharedMemory.pageSize();

    @Benchmark
    public long facade() throws IpcException {
        try (SharedMemory memory = SharedMemory.create(name, size)) {
            SharedMemory.unlink(name);
            try (Mapping mapping = memory.map()) {
                return mapping.segment().address();
            }
        }
    }

    @Benchmark
    public long callLayer() {
        int fd = Results.check(Mman.shm_open(cName, FLAGS, 0600));
        Results.check(Mman.shm_unlink(cName));
        Results.check(Fcntl.posix_fallocate(fd, 0, size));
        int protection = Mman.PROT_READ | Mman.PROT_WRITE;
        long address = Results.check(Mman.mmap(0, size, protection, Mman.MAP_SHARED, fd, 0));
        Results.check(Mman.munmap(address, size));
        Results.check(Unistd.close(fd));
        return address;
    }
}
