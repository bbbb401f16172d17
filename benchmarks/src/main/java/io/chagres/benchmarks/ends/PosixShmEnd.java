// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.IpcException;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import org.jspecify.annotations.Nullable;

/** A ring each way in POSIX shared memory. */
final class PosixShmEnd extends RingEnd {

    private final Names names;

    /** Kept, or they would be reported as leaks. */
    private @Nullable Mapping there;

    private @Nullable Mapping back;

    PosixShmEnd(Role role) {
        super(role);
        names = role.names().posix();
    }

    @Override
    void create() throws IpcException {
        SharedMemory.create(names.there(), Ring.bytes(size)).close();
        SharedMemory.create(names.back(), Ring.bytes(size)).close();
    }

    @Override
    void join() throws IpcException {
        Mapping first = map(names.there());
        Mapping second = map(names.back());
        use(first.segment(), second.segment());
        there = first;
        back = second;
    }

    /** The mapping outlives the handle. */
    static Mapping map(String name) throws IpcException {
        try (SharedMemory memory = SharedMemory.open(name)) {
            return memory.map();
        }
    }

    @Override
    void removeNames() throws IpcException {
        SharedMemory.unlink(names.there());
        SharedMemory.unlink(names.back());
    }

    @Override
    public String toString() {
        return "PosixShmEnd[" + there + ", " + back + "]";
    }
}
