// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.internal.PipeBackend;
import io.chagres.internal.Scratch;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Syscalls;
import io.chagres.posix.Uio;
import java.lang.foreign.MemorySegment;

/** The end of a pipe or FIFO that is read. Thread-safe. */
final class PosixByteSource extends PipeEnd implements PipeBackend.Source {

    private static final String READ = "read";

    PosixByteSource(Descriptor descriptor) {
        super(descriptor);
    }

    @Override
    public long read(MemorySegment target, long deadline)
            throws IpcException, InterruptedException {
        long size = target.isNative() ? target.byteSize() : Math.min(target.byteSize(), PIECE);
        BlockingCall call = BlockingCall.enter(descriptor, READ, BlockingCall.READ, deadline);
        try {
            long result;
            do {
                result = read(call, target, size);
            } while (result < 0 && call.again(result));
            return result == 0 ? Ipc.EOF : call.outcome(result);
        } finally {
            call.leave();
        }
    }

    /**
     * What is on the heap needs memory for the try alone: a virtual thread that waits holds none.
     */
    private long read(BlockingCall call, MemorySegment target, long size) {
        if (target.isNative()) {
            return readNative(call, target, size);
        }
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment piece = scratch.segment();
            long count = readNative(call, piece, size);
            if (count > 0) {
                MemorySegment.copy(piece, 0, target, 0, count);
            }
            return count;
        }
    }

    private long readNative(BlockingCall call, MemorySegment target, long size) {
        return call.blocksWithoutEnd()
                ? Syscalls.read(call.state(), descriptor.fd(), target, size)
                : withoutBlocking(call, target, size);
    }

    @Override
    long noWait(MemorySegment iovec, long offset, int flags, MemorySegment buffer) {
        return Uio.preadv2(descriptor.fd(), iovec, 1, offset, flags, buffer);
    }

    @Override
    long twin(BlockingCall call, MemorySegment buffer, long count) {
        int fd = descriptor.nonBlockingTwin(Fcntl.O_RDONLY);
        return fd < 0 ? fd : Syscalls.read(call.state(), fd, buffer, count);
    }
}
