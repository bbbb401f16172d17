// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Mman;
import io.chagres.posix.Semaphores;

/** A {@code sem_t} in a mapping that this process owns. It has no descriptor. */
final class MappedSemaphore extends Handle {

    private final long address;
    private final PermitGate gate = new PermitGate(this);

    private MappedSemaphore(String name, long address) {
        super("NamedSemaphore", name);
        this.address = address;
    }

    /** Maps a file that holds one. The descriptor stays the caller's. */
    static MappedSemaphore map(String name, int fd) throws IpcException {
        return owning(name, mapping(name, fd));
    }

    /** The address of a new mapping. */
    static long mapping(String name, int fd) throws IpcException {
        int protection = Mman.PROT_READ | Mman.PROT_WRITE;
        long address = Mman.mmap(0, Semaphores.SIZE, protection, Mman.MAP_SHARED, fd, 0);
        if (address < 0) {
            throw PosixErrors.exception("mmap", name, (int) address);
        }
        return address;
    }

    /** Owns the mapping at an address from now on. */
    static MappedSemaphore owning(String name, long address) {
        return new MappedSemaphore(name, address);
    }

    /** Of the {@code sem_t}, for who is inside. */
    long address() {
        return address;
    }

    /** Where virtual threads wait. */
    PermitGate gate() {
        return gate;
    }

    @Override
    void wakeParked() {
        gate.wakeAll();
    }

    @Override
    void forget() {
        // nothing watches it
    }

    @Override
    void release() throws IpcException {
        int result = Mman.munmap(address, Semaphores.SIZE);
        if (result < 0) {
            throw failure("munmap", result);
        }
    }

    @Override
    IpcException failure(String operation, int result) {
        if (result == -Errno.EOVERFLOW) {
            Limit limit =
                    new Limit(
                            "SEM_VALUE_MAX",
                            Semaphores.SEM_VALUE_MAX,
                            "no semaphore can have more permits");
            return PosixErrors.limit(operation, name(), result, limit);
        }
        return super.failure(operation, result);
    }

    /** Virtual threads wait at the {@link #gate} instead, which hands out permits. */
    @Override
    boolean park(BlockingCall call) {
        throw new IllegalStateException("a semaphore is not polled");
    }

    @Override
    void passOn(int direction) {
        // nobody was parked
    }

    @Override
    void block(BlockingCall call) {
        throw new IllegalStateException("a semaphore is not polled");
    }
}
