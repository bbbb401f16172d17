// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.AccessDeniedException;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.PeerGoneException;
import io.chagres.posix.Errno;
import io.chagres.posix.Resource;
import io.chagres.posix.Sockets;
import io.chagres.socket.Envelope;
import io.chagres.socket.UnixAddress;

/** Failures of sockets that mean something else than their number says. */
final class SocketFailures {

    private SocketFailures() {}

    /** A message that does not fit into the socket's buffer, which limits how long one can be. */
    static LimitExceededException tooLarge(String operation, String name, int fd, long size) {
        Limit max = Limit.sysctl("net.core.wmem_max");
        int buffer = SocketOption.get(fd, Sockets.SO_SNDBUF);
        return new LimitExceededException(
                operation,
                name,
                Errno.EMSGSIZE,
                Errno.name(Errno.EMSGSIZE),
                "a message of "
                        + size
                        + " bytes does not fit into the send buffer of "
                        + buffer
                        + "; raise it with sendBufferSize, up to net.core.wmem_max, now "
                        + max.value(),
                "SO_SNDBUF",
                buffer);
    }

    /** A message that was longer than the buffer of who does not want to know more. */
    static IpcException truncated(String operation, String name, long length, long size) {
        return new IpcException(
                operation,
                name,
                Errno.EMSGSIZE,
                Errno.name(Errno.EMSGSIZE),
                "the message has "
                        + length
                        + " bytes and the target "
                        + size
                        + "; the rest is lost. With a MessageInfo this is told and not thrown");
    }

    /** A datagram that goes nowhere. */
    static IpcException withoutPeer(String operation, String name) {
        return new IpcException(
                operation,
                name,
                Errno.ENOTCONN,
                Errno.name(Errno.ENOTCONN),
                Errno.text(Errno.ENOTCONN) + "; connect it, or send with Envelope.to(address)");
    }

    /** Throws what a failure to send means; returns when it has no other meaning. */
    static void explain(String operation, String name, int result, Envelope envelope)
            throws IpcException {
        int errno = -result;
        boolean forged =
                envelope.credentials().filter(c -> !c.equals(SocketCredentials.own())).isPresent();
        if (forged && (errno == Errno.EPERM || errno == Errno.ESRCH || errno == Errno.EINVAL)) {
            throw new AccessDeniedException(
                    operation,
                    name,
                    errno,
                    Errno.name(errno),
                    Errno.text(errno)
                            + "; the kernel refuses credentials that are not the sender's own: "
                            + envelope.credentials().orElseThrow());
        }
        if (errno == Errno.EPERM && envelope.destination().isPresent()) {
            throw new AccessDeniedException(
                    operation,
                    envelope.destination().get().toString(),
                    errno,
                    Errno.name(errno),
                    Errno.text(errno) + "; the socket there is connected to another one");
        }
        if (errno == Errno.ETOOMANYREFS) {
            Limit open = Limit.rlimit("RLIMIT_NOFILE", Resource.RLIMIT_NOFILE, "n");
            throw PosixErrors.limit(operation, name, result, open);
        }
        if (errno == Errno.ENOENT || errno == Errno.ECONNREFUSED || errno == Errno.EPROTOTYPE) {
            throw unreachable(
                    operation,
                    envelope.destination().map(UnixAddress::toString).orElse(name),
                    result);
        }
    }

    /** Why an address cannot be reached. */
    static IpcException unreachable(String operation, String address, int result) {
        int errno = -result;
        if (errno == Errno.ECONNREFUSED) {
            return new PeerGoneException(
                    operation,
                    address,
                    errno,
                    Errno.name(errno),
                    Errno.text(errno) + "; nobody listens there",
                    0);
        }
        if (errno == Errno.EPROTOTYPE) {
            return new IpcException(
                    operation,
                    address,
                    errno,
                    Errno.name(errno),
                    Errno.text(errno) + "; the socket there is of another type");
        }
        return PosixErrors.exception(operation, address, result);
    }
}
