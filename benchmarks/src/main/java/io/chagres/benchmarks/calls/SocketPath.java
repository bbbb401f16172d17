// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.posix.SockaddrUn;
import io.chagres.posix.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The address of a path for the call layer. */
final class SocketPath {

    private final MemorySegment address = Arena.global().allocate(SockaddrUn.LAYOUT);
    private final int length;

    SocketPath(Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        SockaddrUn.sun_family(address, Sockets.AF_UNIX);
        MemorySegment.copy(
                MemorySegment.ofArray(bytes), 0, SockaddrUn.sun_path(address), 0, bytes.length);
        length = SockaddrUn.PATH_OFFSET + bytes.length;
    }

    void bind(int fd) {
        Results.check(Sockets.bind(fd, address, length));
    }

    void connect(int fd) {
        Results.check(Sockets.connect(fd, address, length));
    }
}
