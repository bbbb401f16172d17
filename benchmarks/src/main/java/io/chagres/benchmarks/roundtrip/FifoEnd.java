// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import io.chagres.IpcException;
import io.chagres.pipe.Fifo;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import java.nio.file.Path;

/** A FIFO each way. */
final class FifoEnd extends StreamEnd {

    private final Names names;
    private final boolean driver;

    FifoEnd(String name, boolean driver) {
        this.names = Names.of(name);
        this.driver = driver;
    }

    @Override
    void create() throws IpcException {
        Fifo.create(Path.of(names.there()));
        Fifo.create(Path.of(names.back()));
    }

    /** Both open the same one first: each open waits for the other's. */
    @Override
    void join() throws IpcException, InterruptedException {
        PipeSink to;
        PipeSource from;
        if (driver) {
            to = Fifo.openSink(Path.of(names.there()));
            from = Fifo.openSource(Path.of(names.back()));
        } else {
            from = Fifo.openSource(Path.of(names.there()));
            to = Fifo.openSink(Path.of(names.back()));
        }
        use(to, from);
    }

    @Override
    void removeNames() throws IpcException {
        Fifo.unlink(Path.of(names.there()));
        Fifo.unlink(Path.of(names.back()));
    }

    @Override
    String peerName() {
        return names.toString();
    }
}
