// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import io.chagres.IpcException;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Two streams of bytes, one each way. */
abstract class StreamEnd extends End {

    /** The other end is gone. */
    private static final int PEER_GONE = 3;

    private final MemorySegment message = Arena.global().allocate(LENGTH);
    private final MemorySegment answer = Arena.global().allocate(LENGTH);

    @SuppressWarnings("NullAway.Init") // by use
    private PipeSink to;

    @SuppressWarnings("NullAway.Init")
    private PipeSource from;

    /** Uses these from now on. */
    final void use(PipeSink to, PipeSource from) {
        this.to = to;
        this.from = from;
    }

    @Override
    final void send() throws IpcException, InterruptedException {
        to.write(message);
    }

    @Override
    final void receive() throws IpcException, InterruptedException {
        if (from.readFully(answer) != LENGTH) {
            Runtime.getRuntime().halt(PEER_GONE);
        }
    }
}
