// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** One side of a conversation through two pipes, one for each way. */
final class PipeExchange implements Exchange {

    /** The longest message in bytes: as much as a pipe holds. */
    static final int MAX_MESSAGE = 64 * 1024;

    private final PipeSource in;
    private final PipeSink out;
    private final StreamFraming framing;

    PipeExchange(PipeSource in, PipeSink out) {
        this.in = in;
        this.out = out;
        this.framing = new StreamFraming(MAX_MESSAGE, this::read, this::write);
    }

    private int read(MemorySegment target, Duration timeout)
            throws IOException, InterruptedException {
        return inTime(in.read(target, timeout));
    }

    private int write(MemorySegment source, Duration timeout)
            throws IOException, InterruptedException {
        return inTime(out.write(source, timeout));
    }

    private static int inTime(long result) {
        return result == Ipc.WOULD_BLOCK ? Ipc.TIMED_OUT : (int) result;
    }

    @Override
    public boolean send(MemorySegment message, Duration timeout)
            throws IOException, InterruptedException {
        return framing.send(message, timeout);
    }

    @Override
    public int receive(MemorySegment buffer, Duration timeout)
            throws IOException, InterruptedException {
        return framing.receive(buffer, timeout);
    }

    @Override
    public void close() throws IOException {
        try {
            out.close();
        } finally {
            in.close();
        }
    }
}
