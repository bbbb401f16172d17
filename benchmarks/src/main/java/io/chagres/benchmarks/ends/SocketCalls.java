// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.SockaddrUn;
import io.chagres.posix.Sockets;
import io.chagres.posix.Unistd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** How sockets with paths come to be over the call layer. */
final class SocketCalls {

    private SocketCalls() {}

    /** A call that takes the address of a socket. */
    private interface AddressCall {

        /** The result or the negated errno. */
        int with(int fd, MemorySegment address, int length);
    }

    /** A socket without an address. */
    static int open(int type) throws IOException {
        return Calls.check(
                "socket", Sockets.socket(Sockets.AF_UNIX, type | Sockets.SOCK_CLOEXEC, 0));
    }

    static void bind(int fd, String path) throws IOException {
        call(Sockets::bind, fd, path);
    }

    static void connect(int fd, String path) throws IOException {
        call(Sockets::connect, fd, path);
    }

    /** A socket that takes one connection. */
    static int listen(int type, String path) throws IOException {
        int fd = open(type);
        bind(fd, path);
        Calls.check("listen", Sockets.listen(fd, 1));
        return fd;
    }

    /** That connection; nobody listens any more. */
    static int accept(int listener) throws IOException {
        MemorySegment unnamed = MemorySegment.NULL;
        int fd = Sockets.accept4(listener, unnamed, unnamed, Sockets.SOCK_CLOEXEC);
        Unistd.close(listener);
        return Calls.check("accept", fd);
    }

    /** The other end of it. */
    static int connected(int type, String path) throws IOException {
        int fd = open(type);
        connect(fd, path);
        return fd;
    }

    static void unlink(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Calls.check(path, Unistd.unlink(arena.allocateFrom(path)));
        }
    }

    private static void call(AddressCall call, int fd, String path) throws IOException {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > SockaddrUn.PATH_LENGTH) {
            throw new IOException("too long for a socket: " + path);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SockaddrUn.LAYOUT);
            SockaddrUn.sun_family(address, Sockets.AF_UNIX);
            SockaddrUn.sun_path(address)
                    .asSlice(0, bytes.length)
                    .copyFrom(MemorySegment.ofArray(bytes));
            Calls.check(path, call.with(fd, address, SockaddrUn.PATH_OFFSET + bytes.length));
        }
    }
}
