// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.CallState;
import io.chagres.posix.Syscalls;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Two pipes or FIFOs, one each way, over the call layer. */
abstract class PipeCallEnd extends StreamCallEnd {

    private final CallState state = new CallState();
    private int to;
    private int from;

    PipeCallEnd(Role role) {
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
    final long write(MemorySegment bytes, long count) {
        return Syscalls.write(state, to, bytes, count);
    }

    @Override
    final long read(MemorySegment bytes, long count) {
        return Syscalls.read(state, from, bytes, count);
    }
}
