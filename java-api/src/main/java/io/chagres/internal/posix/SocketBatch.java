// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Iovec;
import io.chagres.posix.Mmsghdr;
import io.chagres.posix.Msghdr;
import io.chagres.posix.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Several messages that go through one system call, in memory of their own. Not thread-safe. */
public final class SocketBatch {

    private final int capacity;
    private final long messageSize;
    private final MemorySegment data;
    private final MemorySegment iovecs;
    private final MemorySegment headers;
    private final MemorySegment[] structs;

    /**
     * @param capacity messages
     * @param messageSize bytes of the longest
     */
    public SocketBatch(int capacity, long messageSize) {
        this.capacity = capacity;
        this.messageSize = messageSize;
        Arena arena = Arena.ofAuto();
        data = arena.allocate(Math.multiplyExact(capacity, messageSize), Long.BYTES);
        iovecs = arena.allocate(Iovec.LAYOUT, capacity);
        headers = arena.allocate(Mmsghdr.LAYOUT, capacity);
        structs = new MemorySegment[capacity];
        for (int i = 0; i < capacity; i++) {
            structs[i] = Mmsghdr.msg_hdr(headers, i);
            Msghdr.iov(structs[i], iovecs.address() + i * Iovec.LAYOUT.byteSize(), 1);
        }
    }

    /** Where a message lies. */
    public MemorySegment slot(int index) {
        return data.asSlice(index * messageSize, messageSize);
    }

    /** The length of a message that was received, as it was sent. */
    public int received(int index) {
        return Mmsghdr.msg_len(headers, index);
    }

    /** Sets the length of a message that is to be sent. */
    public void length(int index, long length) {
        Iovec.setAt(iovecs, index, data.address() + index * messageSize, length);
    }

    private long length(int index) {
        long size = Iovec.LAYOUT.byteSize();
        return Iovec.iov_len(iovecs.asSlice(index * size, size));
    }

    /**
     * Sends a range, whole messages.
     *
     * @return how many went, which is fewer at the deadline
     */
    public int send(PosixSocket socket, int from, int to, long deadline)
            throws IpcException, InterruptedException {
        Descriptor descriptor = socket.descriptor();
        BlockingCall call =
                BlockingCall.enter(descriptor, "sendmmsg", BlockingCall.WRITE, deadline);
        try {
            int flags = Sockets.MSG_NOSIGNAL | (call.blocksWithoutEnd() ? 0 : Sockets.MSG_DONTWAIT);
            int size = (int) Mmsghdr.LAYOUT.byteSize();
            int result;
            do {
                MemorySegment rest = headers.asSlice((long) from * size);
                result = Sockets.sendmmsg(descriptor.fd(), rest, to - from, flags);
                if (result == -Errno.EMSGSIZE) {
                    throw SocketFailures.tooLarge(
                            "sendmmsg", socket.name(), descriptor.fd(), length(from));
                }
            } while (result < 0 && call.again(result));
            return (int) call.outcome(result);
        } finally {
            call.leave();
        }
    }

    /**
     * Receives what there is, waiting until there is one.
     *
     * @return how many came; {@link Ipc#EOF}, {@link Ipc#TIMED_OUT} or {@link Ipc#WOULD_BLOCK}
     */
    public int receive(PosixSocket socket, long deadline)
            throws IpcException, InterruptedException {
        for (int i = 0; i < capacity; i++) {
            length(i, messageSize);
        }
        Descriptor descriptor = socket.descriptor();
        BlockingCall call = BlockingCall.enter(descriptor, "recvmmsg", BlockingCall.READ, deadline);
        try {
            int wait = call.blocksWithoutEnd() ? Sockets.MSG_WAITFORONE : Sockets.MSG_DONTWAIT;
            int how = wait | Sockets.MSG_TRUNC;
            int result;
            boolean waited = false;
            do {
                result = Sockets.recvmmsg(descriptor.fd(), headers, capacity, how);
                if (socket.input().isEndOfDatagrams(result, waited)) {
                    return Ipc.EOF;
                }
                waited = true;
            } while (result < 0 && call.again(result));
            return withoutEnd(socket, (int) call.outcome(result));
        } finally {
            call.leave();
        }
    }

    /** At the end of a connection the system fills a batch with empty messages. */
    private int withoutEnd(PosixSocket socket, int count) {
        int messages = count;
        while (messages > 0 && received(messages - 1) == 0) {
            messages--;
        }
        if (messages == Math.max(0, count) || !socket.input().isAtEnd()) {
            return count;
        }
        return messages == 0 ? Ipc.EOF : messages;
    }
}
