// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A pipe each way over the call layer. */
final class AnonymousPipeCallEnd extends PipeCallEnd {

    private final int[] there = new int[2];
    private final int[] back = new int[2];

    AnonymousPipeCallEnd(Role role) {
        super(role);
    }

    @Override
    void create() throws IOException {
        pipe(there);
        pipe(back);
    }

    private static void pipe(int[] ends) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fds = arena.allocate(ValueLayout.JAVA_INT, 2);
            Calls.check("pipe2", Unistd.pipe2(fds, Fcntl.O_CLOEXEC));
            ends[0] = fds.getAtIndex(ValueLayout.JAVA_INT, 0);
            ends[1] = fds.getAtIndex(ValueLayout.JAVA_INT, 1);
        }
    }

    @Override
    void join() throws IOException {
        if (role.driver()) {
            use(there[1], back[0]);
        } else {
            openBoth(Fcntl.O_RDONLY, Fcntl.O_WRONLY);
        }
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    String peerName() {
        return new Names(Calls.link(there[0]), Calls.link(back[1])).toString();
    }
}
