// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.io.IOException;
import java.lang.foreign.Arena;

/** A FIFO each way over the call layer. */
final class FifoCallEnd extends PipeCallEnd {

    private static final int OWNER_ONLY = 0600;

    FifoCallEnd(Role role) {
        super(role);
    }

    @Override
    void create() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            for (String path : new String[] {role.names().there(), role.names().back()}) {
                Calls.check(
                        path, Stat.mkfifoat(Fcntl.AT_FDCWD, arena.allocateFrom(path), OWNER_ONLY));
            }
        }
    }

    @Override
    void join() throws IOException {
        openBoth(Fcntl.O_RDONLY, Fcntl.O_WRONLY);
    }

    @Override
    void removeNames() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            for (String path : new String[] {role.names().there(), role.names().back()}) {
                Calls.check(path, Unistd.unlink(arena.allocateFrom(path)));
            }
        }
    }
}
