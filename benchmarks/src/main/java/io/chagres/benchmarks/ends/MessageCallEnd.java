// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.CallState;
import io.chagres.posix.Sockets;
import io.chagres.posix.Syscalls;
import java.io.EOFException;
import java.io.IOException;

/** A socket of messages that the system keeps apart, over the call layer. */
abstract class MessageCallEnd extends End {

    private final CallState state = new CallState();
    private int fd;

    MessageCallEnd(Role role) {
        super(role);
    }

    /** Uses this one from now on. */
    final void use(int fd) {
        this.fd = fd;
    }

    @Override
    final void send() throws IOException {
        requireWhole("send", Syscalls.send(state, fd, message, size, Sockets.MSG_NOSIGNAL));
    }

    /** With its real length, so that none is cut off in silence. */
    @Override
    final void receive() throws IOException {
        requireWhole("recv", Syscalls.recv(state, fd, answer, size, Sockets.MSG_TRUNC));
    }

    private void requireWhole(String what, long count) throws IOException {
        if (count != size) {
            Calls.check(what, count);
            throw new EOFException(what + ": " + count + " of " + size + " bytes");
        }
    }
}
