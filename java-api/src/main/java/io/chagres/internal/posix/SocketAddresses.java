// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.internal.SocketNames;
import io.chagres.posix.SockaddrUn;
import io.chagres.posix.Sockets;
import io.chagres.socket.UnixAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Addresses as the system has them: a struct, and how many bytes of it count. */
final class SocketAddresses {

    /** The system's longest: it puts a NUL after a path that fills the struct. */
    static final long SIZE = SockaddrUn.LAYOUT.byteSize() + Short.BYTES;

    private SocketAddresses() {}

    /**
     * Writes one.
     *
     * @param sockaddr of {@link #SIZE}
     * @return bytes that count
     */
    static int encode(UnixAddress address, MemorySegment sockaddr) {
        byte[] path = SocketNames.encode(address);
        SockaddrUn.sun_family(sockaddr, Sockets.AF_UNIX);
        MemorySegment.copy(
                path, 0, sockaddr, ValueLayout.JAVA_BYTE, SockaddrUn.PATH_OFFSET, path.length);
        return SockaddrUn.PATH_OFFSET + path.length;
    }

    /** Reads one, of which so many bytes count. */
    static UnixAddress decode(MemorySegment sockaddr, int length) {
        int count = pathLength(length);
        byte[] path = new byte[count];
        MemorySegment.copy(sockaddr, ValueLayout.JAVA_BYTE, SockaddrUn.PATH_OFFSET, path, 0, count);
        return SocketNames.decode(path);
    }

    /** How long the path in an address of so many bytes is. */
    static int pathLength(int length) {
        return Math.max(0, Math.min(length - SockaddrUn.PATH_OFFSET, SockaddrUn.PATH_LENGTH));
    }

    private interface Getter {
        int get(int fd, MemorySegment sockaddr, MemorySegment length);
    }

    /** A socket's own. */
    static UnixAddress local(Descriptor descriptor) throws IpcException {
        return get(descriptor, "getsockname", Sockets::getsockname);
    }

    /** That of a socket's peer. */
    static UnixAddress remote(Descriptor descriptor) throws IpcException {
        return get(descriptor, "getpeername", Sockets::getpeername);
    }

    /** The own one of a socket that has no handle yet; empty when it cannot be told. */
    static Optional<UnixAddress> local(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SIZE, Short.BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) SIZE);
            int result = Sockets.getsockname(fd, sockaddr, length);
            return result < 0
                    ? Optional.empty()
                    : Optional.of(decode(sockaddr, length.get(ValueLayout.JAVA_INT, 0)));
        }
    }

    private static UnixAddress get(Descriptor descriptor, String operation, Getter getter)
            throws IpcException {
        descriptor.enter(operation);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SIZE, Short.BYTES);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) SIZE);
            int result = getter.get(descriptor.fd(), sockaddr, length);
            if (result < 0) {
                throw descriptor.failure(operation, result);
            }
            return decode(sockaddr, length.get(ValueLayout.JAVA_INT, 0));
        } finally {
            descriptor.leave();
        }
    }
}
