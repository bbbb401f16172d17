// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.TimedOutException;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Ioctl;
import io.chagres.posix.SockaddrVm;
import io.chagres.posix.Sockets;
import io.chagres.posix.Unistd;
import io.chagres.socket.VsockAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes stream sockets between virtual machines and their host. */
public final class VsockSockets {

    private static final String CONNECT = "connect";
    private static final String KIND = "VsockChannel";

    private VsockSockets() {}

    /**
     * Why they do not work here. A kernel that knows its number has a transport; another has one if
     * it begins to connect to this very machine, which it may never finish.
     */
    static Optional<String> whyUnsupported() {
        try {
            int fd = newSocket();
            if (fd < 0) {
                boolean limit = fd == -Errno.EMFILE || fd == -Errno.ENFILE;
                return limit ? Optional.empty() : Optional.of(PosixErrors.reason("socket", fd));
            }
            try {
                return localCid().isPresent() ? Optional.empty() : whyNoTransport(fd);
            } finally {
                Unistd.close(fd);
            }
        } catch (UnsatisfiedLinkError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> whyNoTransport(int fd) {
        VsockAddress self = new VsockAddress(VsockAddress.CID_LOCAL, VsockAddress.PORT_ANY - 1);
        int result = connect(fd, self);
        return result == -Errno.ENODEV
                ? Optional.of("the kernel has no transport: " + PosixErrors.reason(CONNECT, result))
                : Optional.empty();
    }

    /** The number of this machine. */
    public static OptionalLong localCid() {
        PosixSupport.require(Mechanism.VSOCK);
        try (Arena arena = Arena.ofConfined()) {
            int flags = Fcntl.O_RDONLY | Fcntl.O_CLOEXEC;
            int device = Fcntl.open(arena.allocateFrom("/dev/vsock"), flags, 0);
            if (device < 0) {
                return OptionalLong.empty();
            }
            MemorySegment cid = arena.allocate(ValueLayout.JAVA_INT);
            int result = Ioctl.ioctl(device, Ioctl.IOCTL_VM_SOCKETS_GET_LOCAL_CID, cid);
            Unistd.close(device);
            int number = cid.get(ValueLayout.JAVA_INT, 0);
            return result < 0 || number == SockaddrVm.VMADDR_CID_ANY
                    ? OptionalLong.empty()
                    : OptionalLong.of(Integer.toUnsignedLong(number));
        }
    }

    /** A socket that is connected. */
    public static PosixSocket connect(VsockAddress remote, long deadline)
            throws IpcException, InterruptedException {
        Descriptor descriptor = new Descriptor(KIND, remote.toString(), socket());
        boolean connected = false;
        try {
            awaitConnection(descriptor, remote, deadline);
            blocking(descriptor);
            connected = true;
            return new PosixSocket(descriptor, SocketType.STREAM, null);
        } finally {
            if (!connected) {
                descriptor.close();
            }
        }
    }

    /** The system call would end at the kernel's own timeout only, so it is not waited in. */
    private static void awaitConnection(Descriptor descriptor, VsockAddress remote, long deadline)
            throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(descriptor, CONNECT, BlockingCall.WRITE, deadline);
        try {
            int result = connect(descriptor.fd(), remote);
            while (result == -Errno.EINPROGRESS && call.again(-Errno.EAGAIN)) {
                result = outcome(descriptor.fd());
            }
            if (result < 0) {
                throw failure(remote, result);
            }
        } finally {
            call.leave();
        }
    }

    private static int connect(int fd, VsockAddress remote) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = VsockAddresses.encode(remote, arena);
            return Sockets.connect(fd, sockaddr, VsockAddresses.SIZE);
        }
    }

    /** Readiness alone does not tell: a wait may have ended for another reason. */
    private static int outcome(int fd) {
        int error = SocketOption.get(fd, Sockets.SO_ERROR);
        if (error != 0) {
            return error < 0 ? error : -error;
        }
        return VsockAddresses.peer(fd) == -Errno.ENOTCONN ? -Errno.EINPROGRESS : 0;
    }

    private static IpcException failure(VsockAddress remote, int result) {
        String name = remote.toString();
        if (result == -Errno.EINPROGRESS || result == -Errno.ETIMEDOUT) {
            return new TimedOutException(CONNECT, name, "nobody answered");
        }
        if (result == -Errno.ENODEV) {
            String what = "; no machine has this number, or the kernel has no transport to it";
            return new IpcException(
                    CONNECT, name, Errno.ENODEV, Errno.name(Errno.ENODEV), text(result) + what);
        }
        return PosixErrors.exception(CONNECT, name, result);
    }

    private static String text(int result) {
        return Errno.text(-result);
    }

    private static void blocking(Descriptor descriptor) throws IpcException {
        int result = Fcntl.fcntl(descriptor.fd(), Fcntl.F_SETFL, 0);
        if (result < 0) {
            throw descriptor.failure("fcntl", result);
        }
    }

    /** A server. */
    public static PosixListener listen(VsockAddress address, int backlog) throws IpcException {
        int fd = socket();
        boolean listening = false;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = VsockAddresses.encode(address, arena);
            int result = Sockets.bind(fd, sockaddr, VsockAddresses.SIZE);
            if (result < 0) {
                throw PosixErrors.exception("bind", address.toString(), result);
            }
            result = Sockets.listen(fd, backlog);
            if (result < 0) {
                throw PosixErrors.exception("listen", address.toString(), result);
            }
            listening = true;
            return listener(fd, VsockAddresses.local(fd).toString());
        } finally {
            if (!listening) {
                Unistd.close(fd);
            }
        }
    }

    private static PosixListener listener(int fd, String name) {
        Descriptor descriptor = new Descriptor("server of " + KIND, name, fd);
        return new PosixListener(descriptor, SocketType.STREAM, KIND, null);
    }

    /** Takes over a socket that does not listen. */
    public static PosixSocket adopt(int fd) throws IpcException {
        PosixSupport.require(Mechanism.VSOCK);
        String name = AdoptedSocket.requireConnection(fd, Sockets.AF_VSOCK, SocketType.STREAM);
        return new PosixSocket(new Descriptor(KIND, name, fd), SocketType.STREAM, null);
    }

    /** Takes over a socket that listens, and has it not block from now on. */
    public static PosixListener adoptListener(int fd) throws IpcException {
        PosixSupport.require(Mechanism.VSOCK);
        return listener(fd, AdoptedSocket.requireListener(fd, Sockets.AF_VSOCK, SocketType.STREAM));
    }

    /** A socket's own address. */
    public static VsockAddress localAddress(PosixSocket socket) throws IpcException {
        return VsockAddresses.of(socket.descriptor(), false);
    }

    /** That of its peer. */
    public static VsockAddress remoteAddress(PosixSocket socket) throws IpcException {
        return VsockAddresses.of(socket.descriptor(), true);
    }

    /** That of a server. */
    public static VsockAddress localAddress(PosixListener listener) throws IpcException {
        return VsockAddresses.of(listener.descriptor(), false);
    }

    private static int socket() throws IpcException {
        PosixSupport.require(Mechanism.VSOCK);
        int fd = newSocket();
        if (fd == -Errno.EAFNOSUPPORT) {
            throw new UnsupportedOperationException(
                    "vsock is not in this kernel: " + PosixErrors.reason("socket", fd));
        }
        if (fd < 0) {
            throw PosixErrors.exception("socket", "vsock socket", fd);
        }
        return fd;
    }

    private static int newSocket() {
        int how = Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC | Sockets.SOCK_NONBLOCK;
        return Sockets.socket(Sockets.AF_VSOCK, how, 0);
    }
}
