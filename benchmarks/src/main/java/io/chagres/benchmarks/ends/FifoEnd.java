// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.IpcException;
import io.chagres.pipe.Fifo;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import java.nio.file.Path;

/** A FIFO each way. */
final class FifoEnd extends StreamEnd {

    private final Path there;
    private final Path back;

    FifoEnd(Role role) {
        super(role);
        there = Path.of(role.names().there());
        back = Path.of(role.names().back());
    }

    @Override
    void create() throws IpcException {
        Fifo.create(there);
        Fifo.create(back);
    }

    /** Both open the same one first: each open waits for the other's. */
    @Override
    void join() throws IpcException, InterruptedException {
        if (role.driver()) {
            PipeSink to = Fifo.openSink(there);
            use(to, Fifo.openSource(back));
        } else {
            PipeSource from = Fifo.openSource(there);
            use(Fifo.openSink(back), from);
        }
    }

    @Override
    void removeNames() throws IpcException {
        Fifo.unlink(there);
        Fifo.unlink(back);
    }
}
