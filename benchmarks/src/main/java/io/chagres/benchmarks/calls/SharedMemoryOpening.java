// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Mman;
import io.chagres.posix.Unistd;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Shared memory that exists opened, mapped and closed. */
@State(Scope.Thread)
public class SharedMemoryOpening {

    private final String name = CallNames.next();
    private final MemorySegment cName = Arena.global().allocateFrom(name);
    private final long size = SharedMemory.pageSize();

    @Setup
    public void create() throws IpcException {
        SharedMemory.create(name, SharedMemoryOptions.ofSize(size).withUnlinkOnExit(true)).close();
    }

    @TearDown
    public void unlink() throws IpcException {
        SharedMemory.unlink(name);
    }

    @Benchmark
    public long facade() throws IpcException {
        try (SharedMemory memory = SharedMemory.open(name);
                Mapping mapping = memory.map()) {
            return mapping.segment().address();
        }
    }

    @Benchmark
    public long callLayer() {
        int fd = Results.check(Mman.shm_open(cName, Fcntl.O_RDWR | Fcntl.O_CLOEXEC, 0));
        int protection = Mman.PROT_READ | Mman.PROT_WRITE;
        long address = Results.check(Mman.mmap(0, size, protection, Mman.MAP_SHARED, fd, 0));
        Results.check(Mman.munmap(address, size));
        Results.check(Unistd.close(fd));
        return address;
    }
}
