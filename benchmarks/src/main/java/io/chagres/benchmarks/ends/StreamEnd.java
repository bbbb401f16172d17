// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import java.io.EOFException;
import java.io.IOException;

/** Two streams of bytes, one each way. */
abstract class StreamEnd extends End {

    @SuppressWarnings("NullAway.Init") // by use
    private PipeSink to;

    @SuppressWarnings("NullAway.Init")
    private PipeSource from;

    StreamEnd(Role role) {
        super(role);
    }

    /** Uses these from now on. */
    final void use(PipeSink to, PipeSource from) {
        this.to = to;
        this.from = from;
    }

    @Override
    final void send() throws IOException, InterruptedException {
        to.write(message);
    }

    @Override
    final void receive() throws IOException, InterruptedException {
        if (from.readFully(answer) != size) {
            throw new EOFException("the other end is gone");
        }
    }
}
