// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.internal.Scratch;
import io.chagres.posix.Errno;
import io.chagres.posix.Sockets;
import io.chagres.posix.Syscalls;
import io.chagres.socket.Envelope;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What goes out by a socket. What a try needs is borrowed for that try alone: a virtual thread that
 * waits holds no memory. Thread-safe.
 */
final class SocketOutput {

    private static final String SEND = "send";

    private final Descriptor descriptor;
    private final SocketType type;

    SocketOutput(Descriptor descriptor, SocketType type) {
        this.descriptor = descriptor;
        this.type = type;
    }

    /**
     * Sends a message, or of a stream what there is room for.
     *
     * @param offset where to begin in the source
     * @return bytes sent; {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     */
    long send(MemorySegment source, long offset, long deadline)
            throws IpcException, InterruptedException {
        boolean inPieces = type.isStream() && !source.isNative();
        long rest = source.byteSize() - offset;
        long size = inPieces ? Math.min(rest, PipeEnd.PIECE) : rest;
        MemorySegment part = offset == 0 ? source : source.asSlice(offset);
        BlockingCall call = BlockingCall.enter(descriptor, SEND, BlockingCall.WRITE, deadline);
        try {
            int flags = Sockets.MSG_NOSIGNAL | (call.blocksWithoutEnd() ? 0 : Sockets.MSG_DONTWAIT);
            long result;
            do {
                result = send(call, part, size, flags);
            } while (result < 0 && again(call, result, size));
            return call.outcome(result);
        } finally {
            call.leave();
        }
    }

    private long send(BlockingCall call, MemorySegment source, long size, int flags) {
        if (source.isNative()) {
            return Syscalls.send(call.state(), descriptor.fd(), source, size, flags);
        }
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment block = scratch.segment();
            MemorySegment.copy(source, 0, block, 0, size);
            return Syscalls.send(call.state(), descriptor.fd(), block, size, flags);
        }
    }

    /** The same with what goes with it, from the begin. */
    long send(MemorySegment source, Envelope envelope, long deadline)
            throws IpcException, InterruptedException {
        if (type != SocketType.DATAGRAM && envelope.destination().isPresent()) {
            throw new IllegalArgumentException("a connection has one peer, and no destination");
        }
        BlockingCall call = BlockingCall.enter(descriptor, SEND, BlockingCall.WRITE, deadline);
        try {
            boolean addressed = envelope.destination().isPresent();
            boolean inSystem = addressed && Opening.mayWaitInSystem(call);
            boolean waits = inSystem || call.blocksWithoutEnd();
            int flags = Sockets.MSG_NOSIGNAL | (waits ? 0 : Sockets.MSG_DONTWAIT);
            Backoff backoff = null;
            long result;
            do {
                result = sendmsg(call, source, envelope, flags);
                // of an address that is full, unlike of a peer, readiness does not tell
                if (result == -Errno.EAGAIN && addressed && backoff == null && !call.isTry()) {
                    backoff = new Backoff();
                }
            } while (result < 0 && again(call, result, source.byteSize(), envelope, backoff));
            return call.outcome(result);
        } finally {
            call.leave();
        }
    }

    private long sendmsg(BlockingCall call, MemorySegment source, Envelope envelope, int flags)
            throws IpcException {
        if (source.isNative()) {
            return sendmsgNative(call, source, source.byteSize(), envelope, flags);
        }
        long size = source.byteSize();
        try (Scratch scratch = Scratch.of(size)) {
            MemorySegment block = scratch.segment();
            MemorySegment.copy(source, 0, block, 0, size);
            return sendmsgNative(call, block, size, envelope, flags);
        }
    }

    private long sendmsgNative(
            BlockingCall call, MemorySegment source, long size, Envelope envelope, int flags)
            throws IpcException {
        try (SocketMessage message = SocketMessage.borrow()) {
            message.buffer(source, size);
            message.send(envelope);
            MemorySegment header = message.header();
            return Syscalls.sendmsg(call.state(), descriptor.fd(), header, flags, source);
        }
    }

    private boolean again(BlockingCall call, long result, long size)
            throws IpcException, InterruptedException {
        if (result == -Errno.EMSGSIZE) {
            throw SocketFailures.tooLarge(SEND, descriptor.name(), descriptor.fd(), size);
        }
        if (result == -Errno.ENOTCONN && type == SocketType.DATAGRAM) {
            throw SocketFailures.withoutPeer(SEND, descriptor.name());
        }
        return call.again(result);
    }

    private boolean again(
            BlockingCall call, long result, long size, Envelope envelope, @Nullable Backoff backoff)
            throws IpcException, InterruptedException {
        if (result == -Errno.EAGAIN && backoff != null) {
            if (!call.mayGoOn()) {
                return false;
            }
            backoff.pause(call.deadline());
            return call.mayGoOn();
        }
        if (result != -Errno.EAGAIN && result != -Errno.EINTR) {
            SocketFailures.explain(SEND, descriptor.name(), (int) result, envelope);
        }
        return again(call, result, size);
    }
}
