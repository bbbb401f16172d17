// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.CallState;
import io.chagres.posix.Syscalls;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Two streams of bytes, one each way, over the call layer. */
abstract class StreamCallEnd extends End {

    private final CallState state = new CallState();
    private int to;
    private int from;

    StreamCallEnd(Role role) {
        super(role);
    }

    /** Uses these from now on. */
    final void use(int to, int from) {
        this.to = to;
        this.from = from;
    }

    /** Both open the same one first: each open of a FIFO waits for the other's. */
    final void openBoth(int read, int write) throws IOException {
        Names names = role.names();
        if (role.driver()) {
            to = Calls.open(names.there(), write);
            from = Calls.open(names.back(), read);
        } else {
            from = Calls.open(names.there(), read);
            to = Calls.open(names.back(), write);
        }
    }

    @Override
    final void send() throws IOException {
        long sent = Syscalls.write(state, to, message, size);
        if (sent != size) {
            sendRest(sent);
        }
    }

    private void sendRest(long first) throws IOException {
        long sent = Calls.check("write", first);
        while (sent < size) {
            MemorySegment rest = message.asSlice(sent);
            sent += Calls.check("write", Syscalls.write(state, to, rest, rest.byteSize()));
        }
    }

    @Override
    final void receive() throws IOException {
        long got = Syscalls.read(state, from, answer, size);
        if (got != size) {
            receiveRest(got);
        }
    }

    private void receiveRest(long first) throws IOException {
        long last = Calls.check("read", first);
        long got = last;
        while (got < size) {
            if (last == 0) {
                throw new EOFException("the other end is gone");
            }
            MemorySegment rest = answer.asSlice(got);
            last = Calls.check("read", Syscalls.read(state, from, rest, rest.byteSize()));
            got += last;
        }
    }
}
