// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Mman;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 64 bytes put into shared memory and got from it. */
@State(Scope.Thread)
public class SharedMemoryOperation {

    private static final int LENGTH = 64;

    @SuppressWarnings("NullAway.Init") // by open
    private SharedMemory memory;

    @SuppressWarnings("NullAway.Init")
    private Mapping mapping;

    @SuppressWarnings("NullAway.Init")
    private MemorySegment segment;

    @SuppressWarnings("NullAway.Init")
    private MemorySegment raw;

    @Setup
    public void open() throws IpcException {
        long size = SharedMemory.pageSize();
        memory = SharedMemory.anonymous(SharedMemoryOptions.ofSize(size));
        mapping = memory.map();
        segment = mapping.segment();
        int protection = Mman.PROT_READ | Mman.PROT_WRITE;
        int flags = Mman.MAP_SHARED | Mman.MAP_ANONYMOUS;
        long address = Results.check(Mman.mmap(0, size, protection, flags, -1, 0));
        raw = Mman.segment(address, size, Arena.global(), gone -> {});
    }

    @TearDown
    public void close() throws IpcException {
        mapping.close();
        memory.close();
        Mman.munmap(raw.address(), raw.byteSize());
    }

    @Benchmark
    public long facade() {
        return putAndGet(segment);
    }

    @Benchmark
    public long callLayer() {
        return putAndGet(raw);
    }

    private static long putAndGet(MemorySegment to) {
        for (long at = 0; at < LENGTH; at += Long.BYTES) {
            to.set(ValueLayout.JAVA_LONG, at, at);
        }
        long sum = 0;
        for (long at = 0; at < LENGTH; at += Long.BYTES) {
            sum += to.get(ValueLayout.JAVA_LONG, at);
        }
        return sum;
    }
}
