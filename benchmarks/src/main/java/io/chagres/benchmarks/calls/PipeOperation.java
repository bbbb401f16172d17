// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import io.chagres.posix.CallState;
import io.chagres.posix.Syscalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Bytes written into a pipe and read from it. */
@State(Scope.Thread)
public abstract class PipeOperation {

    private static final int LENGTH = 64;

    private final CallState state = new CallState();
    private final MemorySegment message = Arena.global().allocate(LENGTH);
    private final MemorySegment answer = Arena.global().allocate(LENGTH);

    @SuppressWarnings("NullAway.Init") // by use
    private PipeSource source;

    @SuppressWarnings("NullAway.Init")
    private PipeSink sink;

    @SuppressWarnings("NullAway.Init")
    private BorrowedDescriptor sourceDescriptor;

    @SuppressWarnings("NullAway.Init")
    private BorrowedDescriptor sinkDescriptor;

    private int sourceFd;
    private int sinkFd;

    /** Makes the pipe, and tells its ends by {@link #use}. */
    @Setup
    public abstract void open() throws Exception;

    final void use(PipeSource source, PipeSink sink) throws IpcException {
        this.source = source;
        this.sink = sink;
        sourceDescriptor = source.borrow();
        sinkDescriptor = sink.borrow();
        sourceFd = sourceDescriptor.fd();
        sinkFd = sinkDescriptor.fd();
    }

    @TearDown
    public void close() throws IpcException {
        sourceDescriptor.close();
        sinkDescriptor.close();
        source.close();
        sink.close();
    }

    @Benchmark
    public long facade() throws IpcException, InterruptedException {
        sink.write(message);
        return source.read(answer);
    }

    @Benchmark
    public long callLayer() {
        Results.check(Syscalls.write(state, sinkFd, message, LENGTH));
        return Results.check(Syscalls.read(state, sourceFd, answer, LENGTH));
    }
}
