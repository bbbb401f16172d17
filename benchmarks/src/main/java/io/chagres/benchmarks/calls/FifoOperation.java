// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.pipe.Fifo;
import io.chagres.pipe.FifoOptions;
import java.nio.file.Path;

/** A FIFO. */
public class FifoOperation extends PipeOperation {

    @Override
    public void open() throws IpcException, InterruptedException {
        Path path = CallNames.nextPath();
        Fifo.create(path, FifoOptions.defaults().withUnlinkOnExit(true));
        OpenFifo both = OpenFifo.of(path); // else each end would wait for the other
        try {
            use(Fifo.openSource(path), Fifo.openSink(path));
        } finally {
            both.close();
            Fifo.unlink(path);
        }
    }
}
