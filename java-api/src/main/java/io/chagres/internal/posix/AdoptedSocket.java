// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Sockets;
import io.chagres.posix.Stat;

/** Looks whether a descriptor that is to be adopted is the socket that it should be. */
final class AdoptedSocket {

    private static final String ADOPT = "adopt";

    private AdoptedSocket() {}

    /**
     * What is no socket of this family and type, or listens, stays the caller's.
     *
     * @param domain {@code AF_*}
     * @return what errors call it
     */
    static String requireConnection(int fd, int domain, SocketType type) throws IpcException {
        String name = requireSocket(fd, domain, type);
        if (SocketOption.get(fd, Sockets.SO_ACCEPTCONN) > 0) {
            throw new IpcException(ADOPT, name, 0, "", "it is a server");
        }
        Descriptor.closeOnExec(fd, name);
        return name;
    }

    /** The same for one that listens, which does not block from now on. */
    static String requireListener(int fd, int domain, SocketType type) throws IpcException {
        String name = requireSocket(fd, domain, type);
        if (SocketOption.get(fd, Sockets.SO_ACCEPTCONN) <= 0) {
            throw new IpcException(ADOPT, name, 0, "", "it is no server: it does not listen");
        }
        int flags = Fcntl.fcntl(fd, Fcntl.F_GETFL, 0);
        int result = Fcntl.fcntl(fd, Fcntl.F_SETFL, flags | Fcntl.O_NONBLOCK);
        if (flags < 0 || result < 0) {
            throw PosixErrors.exception("fcntl", name, Math.min(flags, result));
        }
        Descriptor.closeOnExec(fd, name);
        return name;
    }

    private static String requireSocket(int fd, int domain, SocketType type) throws IpcException {
        String name = Descriptor.requireNumber(fd);
        int mode = Descriptor.fileMode(fd, name);
        if ((mode & Stat.S_IFMT) != Stat.S_IFSOCK) {
            String what = "it is " + FileKind.describe(mode) + " and not a socket";
            throw new IpcException(ADOPT, name, 0, "", what);
        }
        if (SocketOption.get(fd, Sockets.SO_DOMAIN) != domain) {
            throw new IpcException(ADOPT, name, 0, "", "it is a socket of another family");
        }
        int actual = SocketOption.get(fd, Sockets.SO_TYPE);
        if (actual != type.number()) {
            String what = "it is a " + SocketType.describe(actual) + " socket and not " + type;
            throw new IpcException(ADOPT, name, 0, "", what);
        }
        return name;
    }
}
