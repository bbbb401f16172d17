// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Sockets;
import io.chagres.socket.UnixAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The connecting of a socket, which waits while the server's backlog is full. The socket is nobody
 * else's yet, and stays the caller's.
 */
final class SocketConnecting extends Opening {

    private static final String CONNECT = "connect";

    private final int fd;

    SocketConnecting(UnixAddress address, int fd) {
        super("socket", address.toString());
        this.fd = fd;
    }

    /**
     * Connects.
     *
     * @return 0, or the negated errno {@code EAGAIN} or {@code EINTR} when there was no room by the
     *     deadline
     */
    int connect(UnixAddress address, long deadline) throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(this, CONNECT, BlockingCall.WRITE, deadline);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SocketAddresses.SIZE, Short.BYTES);
            int length = SocketAddresses.encode(address, sockaddr);
            boolean inSystem = mayWaitInSystem(call);
            if (!inSystem) {
                flags(Fcntl.O_NONBLOCK);
            }
            int result;
            do {
                result = Sockets.connect(fd, sockaddr, length);
            } while (result < 0 && again(call, result));
            if (!inSystem) {
                flags(0);
            }
            return result;
        } finally {
            call.leave();
        }
    }

    /** The same, once: then this is over. */
    int connectAndEnd(UnixAddress address, long deadline)
            throws IpcException, InterruptedException {
        try {
            return connect(address, deadline);
        } finally {
            close();
        }
    }

    private boolean again(BlockingCall call, int result) throws IpcException, InterruptedException {
        if (result == -Errno.ECONNREFUSED || result == -Errno.EPROTOTYPE) {
            throw SocketFailures.unreachable(CONNECT, name(), result);
        }
        return call.again(result);
    }

    private void flags(int flags) throws IpcException {
        int result = Fcntl.fcntl(fd, Fcntl.F_SETFL, flags);
        if (result < 0) {
            throw failure("fcntl", result);
        }
    }
}
