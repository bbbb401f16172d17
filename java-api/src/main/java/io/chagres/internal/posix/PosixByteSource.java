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
        if (target.isNative()) {
            return readNative(target, target.byteSize(), deadline);
        }
        long size = Math.min(target.byteSize(), PIECE);
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment piece = scratch.segment();
            long count = readNative(piece, size, deadline);
            if (count > 0) {
                MemorySegment.copy(piece, 0, target, 0, count);
            }
            return count;
        }
    }

    private long readNative(MemorySegment target, long size, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, READ, BlockingCall.READ, deadline);
        try {
            long result;
            do {
                result =
                        call.blocksWithoutEnd()
                                ? Syscalls.read(call.state(), descriptor.fd(), target, size)
                                : withoutBlocking(call, target, size);
            } while (result < 0 && call.again(result));
            return result == 0 ? Ipc.EOF : call.outcome(result);
        } finally {
            call.leave();
        }
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
