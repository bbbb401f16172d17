// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import io.chagres.posix.gen.PerArchitecture;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code sys/socket.h}: sockets. Those calls that move single messages are in {@link Syscalls}.
 *
 * <p>A {@link Msghdr} and an {@link Iovec} hold plain addresses, so what they point to must be kept
 * alive by the caller.
 */
public final class Sockets {

    /** No address: dissolves the association of a datagram socket. */
    public static final int AF_UNSPEC = Linux.AF_UNSPEC();

    /** Unix domain sockets. */
    public static final int AF_UNIX = Linux.AF_UNIX();

    /** Sockets between a virtual machine and its host. */
    public static final int AF_VSOCK = Linux.AF_VSOCK();

    /** A stream of bytes. */
    public static final int SOCK_STREAM = Linux.SOCK_STREAM();

    /** Messages, each for itself. */
    public static final int SOCK_DGRAM = Linux.SOCK_DGRAM();

    /** Messages over a connection. */
    public static final int SOCK_SEQPACKET = Linux.SOCK_SEQPACKET();

    /** Close in a new program. */
    public static final int SOCK_CLOEXEC = Linux.SOCK_CLOEXEC();

    /** Fail with {@code EAGAIN} rather than block. */
    public static final int SOCK_NONBLOCK = Linux.SOCK_NONBLOCK();

    /** The level of the options here. */
    public static final int SOL_SOCKET = Linux.SOL_SOCKET();

    /** Option: {@code SOCK_*}; read-only. */
    public static final int SO_TYPE = Linux.SO_TYPE();

    /** Option: {@code AF_*}; read-only. */
    public static final int SO_DOMAIN = Linux.SO_DOMAIN();

    /** Option: whether it listens; read-only. */
    public static final int SO_ACCEPTCONN = Linux.SO_ACCEPTCONN();

    /** Option: a pending error; reading it clears it. */
    public static final int SO_ERROR = Linux.SO_ERROR();

    /** Option: bytes of the buffer for what is sent. */
    public static final int SO_SNDBUF = Linux.SO_SNDBUF();

    /** Option: bytes of the buffer for what is received. */
    public static final int SO_RCVBUF = Linux.SO_RCVBUF();

    /** Option: the {@link Ucred} of the peer; read-only; differs between architectures. */
    public static final int SO_PEERCRED = PerArchitecture.SO_PEERCRED(Platform.architecture());

    /** Option: credentials come with messages; differs between architectures. */
    public static final int SO_PASSCRED = PerArchitecture.SO_PASSCRED(Platform.architecture());

    /** Option: a descriptor of the peer's process; read-only; Linux 6.5. */
    public static final int SO_PEERPIDFD = NewerThanHeaders.SO_PEERPIDFD;

    /** Control message: descriptors. */
    public static final int SCM_RIGHTS = Linux.SCM_RIGHTS();

    /** Control message: a {@link Ucred}. */
    public static final int SCM_CREDENTIALS = Linux.SCM_CREDENTIALS();

    /** Control message: a descriptor of the sender's process; Linux 6.5. */
    public static final int SCM_PIDFD = NewerThanHeaders.SCM_PIDFD;

    /** Fail with {@code EAGAIN} rather than block. */
    public static final int MSG_DONTWAIT = Linux.MSG_DONTWAIT();

    /** No {@code SIGPIPE}. */
    public static final int MSG_NOSIGNAL = Linux.MSG_NOSIGNAL();

    /** Leave what is received where it is. */
    public static final int MSG_PEEK = Linux.MSG_PEEK();

    /** Return the real length; or: the message was longer than the buffer. */
    public static final int MSG_TRUNC = Linux.MSG_TRUNC();

    /** Control messages were lost. */
    public static final int MSG_CTRUNC = Linux.MSG_CTRUNC();

    /** Received descriptors are close-on-exec. */
    public static final int MSG_CMSG_CLOEXEC = Linux.MSG_CMSG_CLOEXEC();

    /** Of several messages wait for the first only. */
    public static final int MSG_WAITFORONE = Linux.MSG_WAITFORONE();

    /** No more receiving. */
    public static final int SHUT_RD = Linux.SHUT_RD();

    /** No more sending. */
    public static final int SHUT_WR = Linux.SHUT_WR();

    /** Neither. */
    public static final int SHUT_RDWR = Linux.SHUT_RDWR();

    /** The longest backlog, as far as the header knows. */
    public static final int SOMAXCONN = Linux.SOMAXCONN();

    private Sockets() {}

    private static final class Socket {
        static final MethodHandle HANDLE = Link.common("socket");
    }

    /**
     * Makes a socket.
     *
     * @param domain {@code AF_*}
     * @param type {@code SOCK_*}
     * @param protocol 0
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
     */
    public static int socket(int domain, int type, int protocol) {
        return Common.call(Socket.HANDLE, domain, type, protocol, 0);
    }

    private static final class Socketpair {
        static final MethodHandle HANDLE = Link.common("socketpair");
    }

    /**
     * Makes two sockets that are connected.
     *
     * @param domain {@code AF_UNIX}
     * @param type {@code SOCK_*}
     * @param protocol 0
     * @param fds two {@code int}s that are set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
     */
    public static int socketpair(int domain, int type, int protocol, MemorySegment fds) {
        return Common.call(Socketpair.HANDLE, domain, type, protocol, fds.address(), fds);
    }

    private static final class Bind {
        static final MethodHandle HANDLE = Link.common("bind");
    }

    /**
     * Gives a socket its address.
     *
     * @param fd a socket
     * @param address a {@link SockaddrUn} or {@link SockaddrVm}
     * @param length bytes of it
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
     */
    public static int bind(int fd, MemorySegment address, int length) {
        return Common.call(Bind.HANDLE, fd, address.address(), length, 0, address);
    }

    private static final class Listen {
        static final MethodHandle HANDLE = Link.common("listen");
    }

    /**
     * Has a socket take connections.
     *
     * @param fd a socket that is bound
     * @param backlog connections that wait to be accepted
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</a>
     */
    public static int listen(int fd, int backlog) {
        return Common.call(Listen.HANDLE, fd, backlog, 0, 0);
    }

    private static final class Accept4 {
        static final MethodHandle HANDLE = Link.common("accept4");
    }

    /**
     * Takes a connection. May block.
     *
     * @param fd a socket that listens
     * @param address where to put the peer's, or NULL
     * @param length an {@code int}, the bytes there and then those of the address; or NULL
     * @param flags {@code SOCK_CLOEXEC}, {@code SOCK_NONBLOCK}
     * @return a descriptor, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>
     */
    public static int accept4(int fd, MemorySegment address, MemorySegment length, int flags) {
        return Common.call(
                Accept4.HANDLE, fd, address.address(), length.address(), flags, address, length);
    }

    private static final class Connect {
        static final MethodHandle HANDLE = Link.common("connect");
    }

    /**
     * Connects to an address. May block.
     *
     * @param fd a socket
     * @param address a {@link SockaddrUn} or {@link SockaddrVm}
     * @param length bytes of it
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public static int connect(int fd, MemorySegment address, int length) {
        return Common.call(Connect.HANDLE, fd, address.address(), length, 0, address);
    }

    private static final class Shutdown {
        static final MethodHandle HANDLE = Link.common("shutdown");
    }

    /**
     * Ends a direction of a connection, for all that have it open.
     *
     * @param fd a socket
     * @param how {@code SHUT_*}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public static int shutdown(int fd, int how) {
        return Common.call(Shutdown.HANDLE, fd, how, 0, 0);
    }

    private static final class Getsockopt {
        static final MethodHandle HANDLE = Link.common("getsockopt");
    }

    /**
     * Reads an option.
     *
     * @param fd a socket
     * @param level {@link #SOL_SOCKET}
     * @param name {@code SO_*}
     * @param value where to put it
     * @param length an {@code int}, the bytes there and then those of the value
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</a>
     */
    public static int getsockopt(
            int fd, int level, int name, MemorySegment value, MemorySegment length) {
        return Common.call(
                Getsockopt.HANDLE,
                fd,
                level,
                name,
                value.address(),
                length.address(),
                0,
                value,
                length);
    }

    private static final class Setsockopt {
        static final MethodHandle HANDLE = Link.common("setsockopt");
    }

    /**
     * Sets an option.
     *
     * @param fd a socket
     * @param level {@link #SOL_SOCKET}
     * @param name {@code SO_*}
     * @param value the new one
     * @param length bytes of it
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">setsockopt(2)</a>
     */
    public static int setsockopt(int fd, int level, int name, MemorySegment value, int length) {
        return Common.call(
                Setsockopt.HANDLE,
                fd,
                level,
                name,
                value.address(),
                length,
                0,
                value,
                MemorySegment.NULL);
    }

    private static final class Getsockname {
        static final MethodHandle HANDLE = Link.common("getsockname");
    }

    /**
     * Gets a socket's own address.
     *
     * @param fd a socket
     * @param address where to put it
     * @param length an {@code int}, the bytes there and then those of the address
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
     */
    public static int getsockname(int fd, MemorySegment address, MemorySegment length) {
        return Common.call(
                Getsockname.HANDLE, fd, address.address(), length.address(), 0, address, length);
    }

    private static final class Getpeername {
        static final MethodHandle HANDLE = Link.common("getpeername");
    }

    /**
     * Gets the address of a socket's peer.
     *
     * @param fd a socket
     * @param address where to put it
     * @param length an {@code int}, the bytes there and then those of the address
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
     */
    public static int getpeername(int fd, MemorySegment address, MemorySegment length) {
        return Common.call(
                Getpeername.HANDLE, fd, address.address(), length.address(), 0, address, length);
    }

    private static final class Sendmmsg {
        static final MethodHandle HANDLE = Link.common("sendmmsg");
    }

    /**
     * Sends several messages. May block.
     *
     * @param fd a socket
     * @param messages an array of {@link Mmsghdr}, whose lengths are set
     * @param count how many
     * @param flags {@code MSG_*}
     * @return how many were sent, or the negated errno when the first could not be
     * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
     */
    public static int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        return Common.call(Sendmmsg.HANDLE, fd, messages.address(), count, flags, messages);
    }

    private static final class Recvmmsg {
        static final MethodHandle HANDLE = Link.common("recvmmsg");
    }

    /**
     * Receives several messages. May block. Its timeout, which is only looked at after a message,
     * is left out.
     *
     * @param fd a socket
     * @param messages an array of {@link Mmsghdr}, whose lengths are set
     * @param count how many
     * @param flags {@code MSG_*}
     * @return how many were received, or the negated errno when the first could not be
     * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
     */
    public static int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        return Common.call(Recvmmsg.HANDLE, fd, messages.address(), count, flags, messages);
    }
}
