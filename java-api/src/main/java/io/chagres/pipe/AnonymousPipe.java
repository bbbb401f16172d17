// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import io.chagres.IpcException;
import io.chagres.internal.PipeBackend;
import io.chagres.internal.platform.Backends;

/**
 * A pipe without a name: what is written to its {@link #sink} is read from its {@link #source}, in
 * order. It connects threads, and processes that are given an end: a child ({@link PipedProcess}),
 * or one that is passed the descriptor.
 *
 * <p>The two ends are handles of their own, with their own life. The source is at its end when all
 * sinks are closed, in whatever process they are, and everything was read; so whoever has given the
 * sink away closes his own. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 */
public final class AnonymousPipe implements AutoCloseable {

    private final PipeSource source;
    private final PipeSink sink;

    private AnonymousPipe(PipeBackend.Ends ends) {
        this.source = new PipeSource(ends.source());
        this.sink = new PipeSink(ends.sink());
    }

    /**
     * Opens a pipe with the system's capacity.
     *
     * @return both ends, close-on-exec
     * @throws IpcException as {@link #open(PipeOptions)} does
     */
    public static AnonymousPipe open() throws IpcException {
        return open(PipeOptions.defaults());
    }

    /**
     * Opens a pipe.
     *
     * @param options its capacity, and whether it keeps packets apart
     * @return both ends, close-on-exec
     * @throws io.chagres.LimitExceededException when this process can open nothing more, or the
     *     capacity is above {@code fs.pipe-max-size}; nothing stays open
     * @throws IpcException when it fails for another reason
     * @throws UnsupportedOperationException where the platform has no such pipes
     * @throws IllegalCallerException naming the flag to pass, where native access is not enabled
     * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe2(2)</a>
     */
    public static AnonymousPipe open(PipeOptions options) throws IpcException {
        return new AnonymousPipe(Backends.pipes().open(options.capacity(), options.packets()));
    }

    /** {@return the end that is read} */
    public PipeSource source() {
        return source;
    }

    /** {@return the end that is written} */
    public PipeSink sink() {
        return sink;
    }

    /**
     * Closes both ends, those that are open still.
     *
     * @throws IpcException when the system could not; they are closed all the same
     */
    @Override
    public void close() throws IpcException {
        try {
            sink.close();
        } finally {
            source.close();
        }
    }

    /** Whether each end is open. */
    @Override
    public String toString() {
        return "AnonymousPipe["
                + (source.isOpen() ? "" : "closed ")
                + "source, "
                + (sink.isOpen() ? "" : "closed ")
                + "sink]";
    }
}
