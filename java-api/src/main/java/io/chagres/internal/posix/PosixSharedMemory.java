// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.internal.JfrEvents;
import io.chagres.internal.SharedMemoryObject;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.shm.MapOptions;
import io.chagres.shm.Seal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/** Open shared memory: its descriptor, its size, its seals and its end. Thread-safe. */
final class PosixSharedMemory implements SharedMemoryObject {

    private static final String ADD_SEALS = "fcntl F_ADD_SEALS";
    private static final String GET_SEALS = "fcntl F_GET_SEALS";
    private static final String FALLOCATE = "posix_fallocate";

    private final Descriptor descriptor;
    private final OpenMode mode;
    private final boolean sparse;
    private final Pages pages;
    private final MappedEnds ends = new MappedEnds();

    /**
     * @param sparse whether growing it allocates nothing
     * @param pages that it consists of
     */
    PosixSharedMemory(Descriptor descriptor, OpenMode mode, boolean sparse, Pages pages) {
        this.descriptor = descriptor;
        this.mode = mode;
        this.sparse = sparse;
        this.pages = pages;
    }

    @Override
    public String name() {
        return descriptor.name();
    }

    @Override
    public OpenMode mode() {
        return mode;
    }

    @Override
    public long size() throws IpcException {
        descriptor.enter("fstat");
        try {
            return Storage.size(descriptor.fd(), name());
        } finally {
            descriptor.leave();
        }
    }

    @Override
    public void resize(long size) throws IpcException {
        descriptor.enter("ftruncate");
        try {
            synchronized (ends) { // nothing is mapped or resized meanwhile
                resize(descriptor.fd(), pages.roundUp(size));
            }
        } finally {
            descriptor.leave();
        }
    }

    private void resize(int fd, long target) throws IpcException {
        long present = Storage.size(fd, name());
        if (target < present) {
            shrink(fd, target);
        } else if (target > present) {
            grow(fd, present, target);
        }
    }

    private void shrink(int fd, long size) throws IpcException {
        if (ends.last() > size) {
            throw new IllegalStateException(
                    "a mapping of "
                            + name()
                            + " reaches to byte "
                            + ends.last()
                            + ", so it cannot shrink to "
                            + size
                            + ": close that first");
        }
        requireUnsealed(fd, Seal.SHRINK, "ftruncate");
        Storage.truncate(fd, name(), size);
    }

    private void grow(int fd, long present, long size) throws IpcException {
        requireUnsealed(fd, Seal.GROW, FALLOCATE);
        if (sparse) {
            Storage.truncate(fd, name(), size);
        } else {
            Storage.allocate(fd, name(), present, size);
        }
    }

    /** The kernel says EPERM, which it says for much. */
    private void requireUnsealed(int fd, Seal seal, String operation) throws IpcException {
        Set<Seal> seals = seals(fd);
        if (seals.contains(seal)) {
            throw denied(operation, -Errno.EPERM, "it is sealed with " + seals);
        }
    }

    @Override
    public Set<Seal> seals() throws IpcException {
        descriptor.enter(GET_SEALS);
        try {
            return seals(descriptor.fd());
        } finally {
            descriptor.leave();
        }
    }

    private Set<Seal> seals(int fd) throws IpcException {
        int bits = Fcntl.fcntl(fd, Fcntl.F_GET_SEALS, 0);
        if (bits == -Errno.EINVAL) {
            return EnumSet.noneOf(Seal.class); // a file system without
        }
        if (bits < 0) {
            throw PosixErrors.exception(GET_SEALS, name(), bits);
        }
        Set<Seal> seals = EnumSet.noneOf(Seal.class);
        for (Seal seal : Seal.values()) {
            if ((bits & bit(seal)) != 0) {
                seals.add(seal); // others, such as F_SEAL_EXEC, mean nothing to memory
            }
        }
        return seals;
    }

    @Override
    public void seal(Set<Seal> seals) throws IpcException {
        int bits = 0;
        for (Seal seal : seals) {
            bits |= bit(seal);
        }
        descriptor.enter(ADD_SEALS);
        try {
            int result = Fcntl.fcntl(descriptor.fd(), Fcntl.F_ADD_SEALS, bits);
            if (result == -Errno.EPERM) {
                throw denied(
                        ADD_SEALS,
                        result,
                        "it takes no seals: only anonymous memory does, and only until it is sealed"
                                + " with SEAL");
            }
            if (result == -Errno.EBUSY) {
                throw new IpcException(
                        ADD_SEALS,
                        name(),
                        Errno.EBUSY,
                        Errno.name(Errno.EBUSY),
                        "it is mapped for writing somewhere: WRITE has to wait for the end of"
                                + " that, FUTURE_WRITE does not");
            }
            if (result == -Errno.EINVAL) {
                throw denied(ADD_SEALS, result, "its file system or this kernel has no such seals");
            }
            if (result < 0) {
                throw PosixErrors.exception(ADD_SEALS, name(), result);
            }
        } finally {
            descriptor.leave();
        }
    }

    private static int bit(Seal seal) {
        return switch (seal) {
            case SHRINK -> Fcntl.F_SEAL_SHRINK;
            case GROW -> Fcntl.F_SEAL_GROW;
            case WRITE -> Fcntl.F_SEAL_WRITE;
            case FUTURE_WRITE -> Fcntl.F_SEAL_FUTURE_WRITE;
            case SEAL -> Fcntl.F_SEAL_SEAL;
        };
    }

    @Override
    public MemorySegment map(MapOptions options, Arena arena) throws IpcException {
        descriptor.enter("mmap");
        try {
            return map(descriptor.fd(), options, arena);
        } finally {
            descriptor.leave();
        }
    }

    private MemorySegment map(int fd, MapOptions options, Arena arena) throws IpcException {
        MappedRange range;
        synchronized (ends) {
            long size = Storage.size(fd, name());
            range = MappedRange.within(name(), size, options, pages);
            int result = range.map(fd, options, seals(fd));
            if (result == -Errno.EPERM) {
                throw denied("mmap", result, "it is sealed with " + seals(fd));
            }
            if (result < 0) {
                throw range.failure(result);
            }
            ends.add(range.end());
        }
        MemorySegment whole;
        try {
            range.prepare(fd, options);
            whole = range.segment(arena, ends);
        } catch (Throwable t) {
            range.unmap();
            ends.remove(range.end());
            throw t;
        }
        return options.mode().writes() ? whole : whole.asReadOnly();
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return descriptor.borrow();
    }

    @Override
    public int detach() throws IpcException {
        return descriptor.detach();
    }

    @Override
    public void close() throws IpcException {
        descriptor.close();
    }

    private AccessDeniedException denied(String operation, int result, String why) {
        String symbol = Errno.name(-result);
        JfrEvents.failure(operation, name(), symbol);
        return new AccessDeniedException(
                operation, name(), -result, symbol, Errno.text(-result) + "; " + why);
    }
}
