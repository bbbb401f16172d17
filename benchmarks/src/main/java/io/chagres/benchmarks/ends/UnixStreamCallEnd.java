// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.CallState;
import io.chagres.posix.Sockets;
import io.chagres.posix.Syscalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A stream socket with a path over the call layer. */
final class UnixStreamCallEnd extends StreamCallEnd {

    private final CallState state = new CallState();
    private final String path;
    private int listener;
    private int fd;

    UnixStreamCallEnd(Role role) {
        super(role);
        path = role.names().there();
    }

    @Override
    void create() throws IOException {
        listener = SocketCalls.listen(Sockets.SOCK_STREAM, path);
    }

    @Override
    void join() throws IOException {
        fd =
                role.driver()
                        ? SocketCalls.accept(listener)
                        : SocketCalls.connected(Sockets.SOCK_STREAM, path);
    }

    @Override
    void removeNames() throws IOException {
        SocketCalls.unlink(path);
    }

    @Override
    long write(MemorySegment bytes, long count) {
        return Syscalls.send(state, fd, bytes, count, Sockets.MSG_NOSIGNAL);
    }

    @Override
    long read(MemorySegment bytes, long count) {
        return Syscalls.recv(state, fd, bytes, count, 0);
    }
}
