// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.posix.Errno;
import io.chagres.posix.Sockets;
import io.chagres.socket.UnixAddress;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A socket that listens. It never blocks in the system by itself. Thread-safe. */
public final class PosixListener {

    private static final String ACCEPT = "accept";

    private final Descriptor descriptor;
    private final SocketType type;
    private final String kind;
    private final @Nullable BoundPath path;

    /** Whether it is told who sends, which its connections may have from it. */
    private final boolean passesCredentials;

    /**
     * @param kind of the handles of its connections, for reports
     */
    PosixListener(Descriptor descriptor, SocketType type, String kind, @Nullable BoundPath path) {
        this.descriptor = descriptor;
        this.type = type;
        this.kind = kind;
        this.path = path;
        this.passesCredentials = SocketOption.get(descriptor.fd(), Sockets.SO_PASSCRED) > 0;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    public String name() {
        return descriptor.name();
    }

    public boolean isOpen() {
        return !descriptor.isClosing();
    }

    /**
     * Takes a connection by a deadline.
     *
     * @return null when none came
     */
    public @Nullable PosixSocket accept(long deadline) throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, ACCEPT, BlockingCall.READ, deadline);
        try {
            int result;
            do {
                result =
                        Sockets.accept4(
                                descriptor.fd(),
                                MemorySegment.NULL,
                                MemorySegment.NULL,
                                Sockets.SOCK_CLOEXEC);
            } while (result < 0 && again(call, result));
            if (result < 0) {
                return null;
            }
            PosixSocket socket = new PosixSocket(new Descriptor(kind, name(), result), type, null);
            if (passesCredentials) {
                socket.receiveCredentials(true); // only newer kernels hand it on
            }
            return socket;
        } finally {
            call.leave();
        }
    }

    /** A client that gave up while it waited is not the server's failure. */
    private static boolean again(BlockingCall call, int result)
            throws IpcException, InterruptedException {
        return result == -Errno.ECONNABORTED ? call.mayGoOn() : call.again(result);
    }

    /** Its own address. */
    public UnixAddress localAddress() throws IpcException {
        return SocketAddresses.local(descriptor);
    }

    /** Lends the descriptor. */
    public BorrowedDescriptor borrow() throws IpcException {
        return descriptor.borrow();
    }

    /** Gives the descriptor away; a path stays. */
    public int detach() throws IpcException {
        int fd = descriptor.detach();
        if (path != null) {
            path.forget();
        }
        return fd;
    }

    /** Idempotent; wakes the callers inside. Removes the path that it is bound to. */
    public void close() throws IpcException {
        if (path != null) {
            path.end();
        }
        descriptor.close();
    }
}
