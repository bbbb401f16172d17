// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.SockaddrVm;
import io.chagres.posix.Sockets;
import io.chagres.socket.VsockAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Addresses of vsock as the system has them. */
final class VsockAddresses {

    static final int SIZE = (int) SockaddrVm.LAYOUT.byteSize();

    private VsockAddresses() {}

    static MemorySegment encode(VsockAddress address, Arena arena) {
        MemorySegment sockaddr = arena.allocate(SockaddrVm.LAYOUT);
        SockaddrVm.set(sockaddr, (int) address.cid(), (int) address.port());
        return sockaddr;
    }

    private static VsockAddress decode(MemorySegment sockaddr) {
        return new VsockAddress(
                Integer.toUnsignedLong(SockaddrVm.svm_cid(sockaddr)),
                Integer.toUnsignedLong(SockaddrVm.svm_port(sockaddr)));
    }

    /** A socket's own, or its peer's. */
    static VsockAddress of(Descriptor descriptor, boolean peer) throws IpcException {
        String operation = peer ? "getpeername" : "getsockname";
        descriptor.enter(operation);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SockaddrVm.LAYOUT);
            int result = get(descriptor.fd(), peer, sockaddr);
            if (result < 0) {
                throw descriptor.failure(operation, result);
            }
            return decode(sockaddr);
        } finally {
            descriptor.leave();
        }
    }

    /** Of a socket that has no handle yet, and is bound. */
    static VsockAddress local(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sockaddr = arena.allocate(SockaddrVm.LAYOUT);
            get(fd, false, sockaddr);
            return decode(sockaddr);
        }
    }

    /** 0, or the negated errno: {@code ENOTCONN} for a socket without a peer. */
    static int peer(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            return get(fd, true, arena.allocate(SockaddrVm.LAYOUT));
        }
    }

    private static int get(int fd, boolean peer, MemorySegment sockaddr) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SIZE);
            return peer
                    ? Sockets.getpeername(fd, sockaddr, length)
                    : Sockets.getsockname(fd, sockaddr, length);
        }
    }
}
