// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import io.chagres.posix.Fcntl;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** A pipe each way, whose ends the echo finds among the driver's descriptors. */
final class AnonymousPipeEnd extends StreamEnd {

    private final String name;
    private @Nullable AnonymousPipe there;
    private @Nullable AnonymousPipe back;

    /**
     * @param driver not needed: who creates is the driver
     */
    AnonymousPipeEnd(String name, boolean driver) {
        this.name = name;
    }

    @Override
    void create() throws IpcException {
        there = AnonymousPipe.open();
        back = AnonymousPipe.open();
    }

    @Override
    void join() throws IOException {
        if (there != null && back != null) {
            use(there.sink(), back.source());
        } else {
            Names paths = Names.of(name);
            PipeSource from = PipeSource.adopt(open(paths.there(), Fcntl.O_RDONLY));
            use(PipeSink.adopt(open(paths.back(), Fcntl.O_WRONLY)), from);
        }
    }

    /** The library has no way to open a link of /proc, and needs none. */
    private static int open(String path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd = Fcntl.open(arena.allocateFrom(path), flags | Fcntl.O_CLOEXEC, 0);
            if (fd < 0) {
                throw new IOException("open " + path + ": " + fd);
            }
            return fd;
        }
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    String peerName() throws IpcException {
        if (there == null || back == null) {
            throw new IllegalStateException("not created");
        }
        try (BorrowedDescriptor first = there.source().borrow();
                BorrowedDescriptor second = back.sink().borrow()) {
            return new Names(path(first.fd()), path(second.fd())).toString();
        }
    }

    private static String path(int fd) {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd;
    }
}
