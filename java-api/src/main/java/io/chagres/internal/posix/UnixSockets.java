// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.TimedOutException;
import io.chagres.internal.SocketNames;
import io.chagres.posix.Errno;
import io.chagres.posix.Sockets;
import io.chagres.posix.Unistd;
import io.chagres.socket.BindOptions;
import io.chagres.socket.UnixAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes Unix domain sockets of one type. */
public enum UnixSockets {
    STREAM(Mechanism.UNIX_STREAM, SocketType.STREAM, "UnixSocketChannel"),
    DATAGRAM(Mechanism.UNIX_DATAGRAM, SocketType.DATAGRAM, "UnixDatagramChannel"),
    SEQPACKET(Mechanism.UNIX_SEQPACKET, SocketType.SEQPACKET, "UnixSeqPacketChannel"),
    LOCAL_STREAM(Mechanism.UNIX_STREAM, SocketType.STREAM, "LocalChannel"),
    LOCAL_MESSAGE(Mechanism.UNIX_SEQPACKET, SocketType.SEQPACKET, "LocalChannel");

    private final Mechanism mechanism;
    private final SocketType type;
    private final String kind;

    UnixSockets(Mechanism mechanism, SocketType type, String kind) {
        this.mechanism = mechanism;
        this.type = type;
        this.kind = kind;
    }

    /** Both ends of a connection. */
    public record Pair(PosixSocket first, PosixSocket second) {}

    /** Why they do not work here, found by making one. */
    Optional<String> whyUnsupported() {
        try {
            int fd = Sockets.socket(Sockets.AF_UNIX, type.number() | Sockets.SOCK_CLOEXEC, 0);
            if (fd >= 0) {
                Unistd.close(fd);
            }
            boolean limit = fd == -Errno.EMFILE || fd == -Errno.ENFILE;
            return fd >= 0 || limit
                    ? Optional.empty()
                    : Optional.of(PosixErrors.reason("socket", fd));
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * For what is done before the first socket is made.
     *
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     */
    void require() {
        PosixSupport.require(mechanism);
    }

    /** A socket without an address and without a peer. */
    public PosixSocket open() throws IpcException {
        return new PosixSocket(new Descriptor(kind, type + " socket", socket(0)), type, null);
    }

    /** A socket with an address and without a peer. */
    public PosixSocket bind(UnixAddress address, BindOptions options) throws IpcException {
        int fd = socket(0);
        boolean bound = false;
        try {
            BoundPath path = SocketBinding.bind(fd, address, options);
            bound = true;
            return learned(
                    new PosixSocket(new Descriptor(kind, nameOf(fd, address), fd), type, path));
        } finally {
            if (!bound) {
                Unistd.close(fd);
            }
        }
    }

    /** A socket that is connected, and has an address if that is not null. */
    public PosixSocket connect(
            UnixAddress remote, @Nullable UnixAddress local, BindOptions options, long deadline)
            throws IpcException, InterruptedException {
        SocketNames.requireName(remote);
        int fd = socket(0);
        BoundPath path = null;
        boolean connected = false;
        try {
            if (local != null) {
                path = SocketBinding.bind(fd, local, options);
            }
            int result = new SocketConnecting(remote, fd).connectAndEnd(remote, deadline);
            if (result < 0) {
                String full = "the backlog of the server is full";
                throw new TimedOutException("connect", remote.toString(), full);
            }
            connected = true;
            return learned(
                    new PosixSocket(new Descriptor(kind, remote.toString(), fd), type, path));
        } finally {
            if (!connected) {
                if (path != null) {
                    path.removeIfOurs();
                }
                Unistd.close(fd);
            }
        }
    }

    /** A server. */
    public PosixListener listen(UnixAddress address, BindOptions options) throws IpcException {
        int fd = socket(Sockets.SOCK_NONBLOCK);
        BoundPath path = null;
        boolean listening = false;
        try {
            path = SocketBinding.bind(fd, address, options);
            int result = Sockets.listen(fd, options.backlog());
            if (result < 0) {
                throw PosixErrors.exception("listen", address.toString(), result);
            }
            listening = true;
            return listener(fd, nameOf(fd, address), path);
        } finally {
            if (!listening) {
                if (path != null) {
                    path.removeIfOurs();
                }
                Unistd.close(fd);
            }
        }
    }

    private PosixListener listener(int fd, String name, @Nullable BoundPath path) {
        Descriptor descriptor = new Descriptor("server of " + kind, name, fd);
        return new PosixListener(descriptor, type, kind, path);
    }

    /** Two that are connected. */
    public Pair pair() throws IpcException {
        require();
        String name = type + " socket pair";
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
            int how = type.number() | Sockets.SOCK_CLOEXEC;
            int result = Sockets.socketpair(Sockets.AF_UNIX, how, 0, fds);
            if (result < 0) {
                throw PosixErrors.exception("socketpair", name, result);
            }
            int first = fds.getAtIndex(ValueLayout.JAVA_INT, 0);
            int second = fds.getAtIndex(ValueLayout.JAVA_INT, 1);
            return new Pair(
                    new PosixSocket(new Descriptor(kind, name, first), type, null),
                    new PosixSocket(new Descriptor(kind, name, second), type, null));
        }
    }

    /** Takes over a socket that does not listen. */
    public PosixSocket adopt(int fd) throws IpcException {
        require();
        String name = AdoptedSocket.requireConnection(fd, Sockets.AF_UNIX, type);
        return learned(new PosixSocket(new Descriptor(kind, name, fd), type, null));
    }

    /** By options, or by others before. */
    private static PosixSocket learned(PosixSocket socket) {
        socket.learnOptions();
        return socket;
    }

    /** Takes over a socket that listens, and has it not block from now on. */
    public PosixListener adoptListener(int fd) throws IpcException {
        require();
        String name = AdoptedSocket.requireListener(fd, Sockets.AF_UNIX, type);
        return listener(fd, name, null);
    }

    private int socket(int flags) throws IpcException {
        require();
        int how = type.number() | Sockets.SOCK_CLOEXEC | flags;
        int fd = Sockets.socket(Sockets.AF_UNIX, how, 0);
        if (fd < 0) {
            throw PosixErrors.exception("socket", type + " socket", fd);
        }
        return fd;
    }

    /** The system chooses the name of who asks for none. */
    private static String nameOf(int fd, UnixAddress asked) {
        if (asked.kind() != UnixAddress.Kind.UNNAMED) {
            return asked.toString();
        }
        return SocketAddresses.local(fd).map(UnixAddress::toString).orElse(asked.toString());
    }
}
