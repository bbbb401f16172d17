// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Limits;
import io.chagres.posix.Uio;
import java.lang.foreign.MemorySegment;

/**
 * One end of a pipe or FIFO. A call that must not block tells the kernel so by itself ({@code
 * RWF_NOWAIT}), for the flag of the descriptor would be that of others too who share it. FIFOs, and
 * pipes that were opened once more through /proc, do not know that: they get a second descriptor,
 * private to this handle. Thread-safe.
 */
abstract class PipeEnd {

    /**
     * What is on the heap is copied by so many bytes: whole packets, so that no write that is
     * atomic is split.
     */
    static final int PIECE = 4 * Limits.PIPE_BUF;

    /** For calls that use the position of the descriptor, and here for those that have none. */
    private static final long NO_OFFSET = -1;

    final Descriptor descriptor;

    /** Until the kernel has said otherwise. */
    private volatile boolean knowsNoWait = true;

    PipeEnd(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    public final String name() {
        return descriptor.name();
    }

    public final boolean isOpen() {
        return !descriptor.isClosing();
    }

    /** Reads or writes without waiting, through {@link #noWait} or {@link #twin}. */
    final long withoutBlocking(BlockingCall call, MemorySegment buffer, long count) {
        if (knowsNoWait) {
            MemorySegment iovec = call.arguments().iovec(buffer.address(), count);
            long result = noWait(iovec, NO_OFFSET, Uio.RWF_NOWAIT, buffer);
            if (result != -Errno.EOPNOTSUPP) {
                return result;
            }
            knowsNoWait = false;
        }
        return twin(call, buffer, count);
    }

    /** The call with flags. */
    abstract long noWait(MemorySegment iovec, long offset, int flags, MemorySegment buffer);

    /** The plain call on the descriptor that does not wait. */
    abstract long twin(BlockingCall call, MemorySegment buffer, long count);

    public final int capacity() throws IpcException {
        descriptor.enter("fcntl");
        try {
            int result = Fcntl.fcntl(descriptor.fd(), Fcntl.F_GETPIPE_SZ, 0);
            if (result < 0) {
                throw descriptor.failure("fcntl", result);
            }
            return result;
        } finally {
            descriptor.leave();
        }
    }

    public final int capacity(int capacity) throws IpcException {
        descriptor.enter("fcntl");
        try {
            return PipeLimits.setCapacity(descriptor.fd(), name(), capacity);
        } finally {
            descriptor.leave();
        }
    }

    public final BorrowedDescriptor borrow() throws IpcException {
        return descriptor.borrow();
    }

    public final int detach() throws IpcException {
        return descriptor.detach();
    }

    public final void close() throws IpcException {
        descriptor.close();
    }
}
