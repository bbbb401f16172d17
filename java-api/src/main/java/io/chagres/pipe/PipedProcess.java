// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.internal.PipeBackend;
import io.chagres.internal.platform.Backends;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import org.jspecify.annotations.Nullable;

/**
 * Starts a process with ends of anonymous pipes as its standard streams.
 *
 * <pre>{@code
 * AnonymousPipe toChild = AnonymousPipe.open();
 * AnonymousPipe fromChild = AnonymousPipe.open();
 * Process child =
 *         PipedProcess.of(new ProcessBuilder("sort"))
 *                 .input(toChild.source())
 *                 .output(fromChild.sink())
 *                 .start();
 * }</pre>
 *
 * <p>The ends that the child was given are closed in this process: so the child sees the end of its
 * input when the sink is closed, and this process the end of the output when the child has ended.
 * The child gets nothing else of the pipes, for every descriptor is close-on-exec. Streams without
 * a pipe are what the builder says. Not thread-safe.
 */
public final class PipedProcess {

    private final ProcessBuilder builder;
    private @Nullable PipeSource input;
    private @Nullable PipeSink output;
    private @Nullable PipeSink error;

    private PipedProcess(ProcessBuilder builder) {
        this.builder = builder;
    }

    /**
     * Begins.
     *
     * @param builder the command, and everything else; it is left as it is
     * @return to be given pipes and started
     */
    public static PipedProcess of(ProcessBuilder builder) {
        return new PipedProcess(builder);
    }

    /**
     * Has the child read its standard input from a pipe.
     *
     * @param source of an anonymous pipe
     * @return this
     */
    public PipedProcess input(PipeSource source) {
        input = source;
        return this;
    }

    /**
     * Has the child write its standard output to a pipe.
     *
     * @param sink of an anonymous pipe
     * @return this
     */
    public PipedProcess output(PipeSink sink) {
        output = sink;
        return this;
    }

    /**
     * Has the child write its standard error to a pipe, which may be that of its output.
     *
     * @param sink of an anonymous pipe
     * @return this
     */
    public PipedProcess error(PipeSink sink) {
        error = sink;
        return this;
    }

    /**
     * Starts the process, and closes the ends that it was given.
     *
     * @return the process
     * @throws IllegalArgumentException when an end is that of a FIFO, which the child opens by its
     *     path instead
     * @throws IllegalStateException when there is a pipe for the error stream, and the builder
     *     merges it with the output ({@link ProcessBuilder#redirectErrorStream})
     * @throws io.chagres.ClosedException when an end is closed
     * @throws IOException when the process cannot be started; the ends stay open
     */
    public Process start() throws IOException {
        if (error != null && builder.redirectErrorStream()) {
            throw new IllegalStateException("the builder merges the error stream with the output");
        }
        Redirect oldInput = builder.redirectInput();
        Redirect oldOutput = builder.redirectOutput();
        Redirect oldError = builder.redirectError();
        Process process;
        try (BorrowedDescriptor in = input == null ? null : input.borrow();
                BorrowedDescriptor out = output == null ? null : output.borrow();
                BorrowedDescriptor err = error == null ? null : error.borrow()) {
            PipeBackend pipes = Backends.pipes();
            if (in != null) {
                builder.redirectInput(Redirect.from(pipes.file(in.fd())));
            }
            if (out != null) {
                builder.redirectOutput(Redirect.to(pipes.file(out.fd())));
            }
            if (err != null) {
                builder.redirectError(Redirect.to(pipes.file(err.fd())));
            }
            process = builder.start();
        } finally {
            builder.redirectInput(oldInput).redirectOutput(oldOutput).redirectError(oldError);
        }
        closeGiven();
        return process;
    }

    private void closeGiven() throws IpcException {
        if (input != null) {
            input.close();
        }
        if (output != null) {
            output.close();
        }
        if (error != null) {
            error.close();
        }
    }
}
