// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A ring each way in memory without a name, which the echo finds among the driver's files. */
final class MemfdEnd extends RingEnd {

    private @Nullable SharedMemory there;
    private @Nullable SharedMemory back;

    /** Kept, or they would be reported as leaks. */
    private @Nullable Mapping mappedThere;

    private @Nullable Mapping mappedBack;

    MemfdEnd(Role role) {
        super(role);
    }

    @Override
    void create() throws IpcException {
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(Ring.bytes(size));
        there = SharedMemory.anonymous(options);
        back = SharedMemory.anonymous(options);
    }

    @Override
    void join() throws IOException {
        if (there == null || back == null) {
            // The library has no way to open a link of /proc, and needs none.
            there = SharedMemory.adopt(Calls.open(role.names().there(), Fcntl.O_RDWR));
            back = SharedMemory.adopt(Calls.open(role.names().back(), Fcntl.O_RDWR));
        }
        Mapping first = there.map();
        Mapping second = back.map();
        use(first.segment(), second.segment());
        mappedThere = first;
        mappedBack = second;
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    String peerName() throws IpcException {
        if (there == null || back == null) {
            throw new IllegalStateException("not created");
        }
        try (BorrowedDescriptor first = there.borrow();
                BorrowedDescriptor second = back.borrow()) {
            return new Names(Calls.link(first.fd()), Calls.link(second.fd())).toString();
        }
    }

    @Override
    public String toString() {
        return "MemfdEnd[" + mappedThere + ", " + mappedBack + "]";
    }
}
