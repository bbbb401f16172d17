// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.CallState;
import io.chagres.posix.Sockets;
import io.chagres.posix.Syscalls;
import java.io.IOException;

/** Two datagram sockets with paths, each connected to the other, over the call layer. */
final class UnixDatagramCallEnd extends MessageCallEnd {

    private final Names names;
    private int fd;

    UnixDatagramCallEnd(Role role) {
        super(role);
        names = role.names();
    }

    @Override
    void create() throws IOException {
        fd = SocketCalls.open(Sockets.SOCK_DGRAM);
        SocketCalls.bind(fd, names.there());
    }

    /** A datagram of the echo tells the driver that its socket is there. */
    @Override
    void join() throws IOException {
        CallState state = new CallState();
        if (role.driver()) {
            Calls.check("recv", Syscalls.recv(state, fd, answer, 1, 0));
            SocketCalls.connect(fd, names.back());
        } else {
            fd = SocketCalls.open(Sockets.SOCK_DGRAM);
            SocketCalls.bind(fd, names.back());
            SocketCalls.connect(fd, names.there());
            Calls.check("send", Syscalls.send(state, fd, message, 1, Sockets.MSG_NOSIGNAL));
        }
        use(fd);
    }

    @Override
    void removeNames() throws IOException {
        SocketCalls.unlink(names.there());
        SocketCalls.unlink(names.back());
    }
}
