// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.internal.PipeBackend;
import io.chagres.internal.Scratch;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Syscalls;
import io.chagres.posix.Uio;
import java.lang.foreign.MemorySegment;

/** The end of a pipe or FIFO that is written. Thread-safe. */
final class PosixByteSink extends PipeEnd implements PipeBackend.Sink {

    private static final String WRITE = "write";

    PosixByteSink(Descriptor descriptor) {
        super(descriptor);
    }

    @Override
    public long write(MemorySegment source, long offset, long deadline)
            throws IpcException, InterruptedException {
        long rest = source.byteSize() - offset;
        long size = source.isNative() ? rest : Math.min(rest, PIECE);
        MemorySegment part = offset == 0 ? source : source.asSlice(offset);
        BlockingCall call = BlockingCall.enter(descriptor, WRITE, BlockingCall.WRITE, deadline);
        try {
            long result;
            do {
                result = write(call, part, size);
            } while (result < 0 && call.again(result));
            return call.outcome(result);
        } finally {
            call.leave();
        }
    }

    /**
     * What is on the heap needs memory for the try alone: a virtual thread that waits holds none.
     */
    private long write(BlockingCall call, MemorySegment source, long size) {
        if (source.isNative()) {
            return writeNative(call, source, size);
        }
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment piece = scratch.segment();
            MemorySegment.copy(source, 0, piece, 0, size);
            return writeNative(call, piece, size);
        }
    }

    private long writeNative(BlockingCall call, MemorySegment source, long size) {
        return call.blocksWithoutEnd()
                ? Syscalls.write(call.state(), descriptor.fd(), source, size)
                : withoutBlocking(call, source, size);
    }

    @Override
    long noWait(MemorySegment iovec, long offset, int flags, MemorySegment buffer) {
        return Uio.pwritev2(descriptor.fd(), iovec, 1, offset, flags, buffer);
    }

    /** With no reader left the system does not open it, which for a write is a broken pipe. */
    @Override
    long twin(BlockingCall call, MemorySegment buffer, long count) {
        int fd = descriptor.nonBlockingTwin(Fcntl.O_WRONLY);
        if (fd < 0) {
            return fd == -Errno.ENXIO ? -Errno.EPIPE : fd;
        }
        return Syscalls.write(call.state(), fd, buffer, count);
    }
}
