// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.CallState;
import io.chagres.posix.Sockets;
import io.chagres.posix.Syscalls;
import io.chagres.socket.SocketPair;
import io.chagres.socket.UnixMessageChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A message sent by one socket of a pair and received by the other. */
@State(Scope.Thread)
public abstract class UnixMessageOperation {

    private static final int LENGTH = 64;

    private final MemorySegment message = Arena.global().allocate(LENGTH);
    private final MemorySegment answer = Arena.global().allocate(LENGTH);
    private final CallState state = new CallState();

    @SuppressWarnings("NullAway.Init") // by open
    private UnixMessageChannel from;

    @SuppressWarnings("NullAway.Init")
    private UnixMessageChannel to;

    @SuppressWarnings("NullAway.Init")
    private SocketNumbers numbers;

    /** Makes them. */
    abstract SocketPair<? extends UnixMessageChannel> pair() throws IpcException;

    @Setup
    public void open() throws IpcException {
        SocketPair<? extends UnixMessageChannel> pair = pair();
        from = pair.first();
        to = pair.second();
        numbers = SocketNumbers.of(from, to);
    }

    @TearDown
    public void close() throws IpcException {
        numbers.giveBack();
        from.close();
        to.close();
    }

    @Benchmark
    public int facade() throws IpcException, InterruptedException {
        from.send(message);
        return to.receive(answer);
    }

    @Benchmark
    public long callLayer() {
        int flags = Sockets.MSG_NOSIGNAL;
        Results.check(Syscalls.send(state, numbers.from(), message, LENGTH, flags));
        flags = Sockets.MSG_TRUNC;
        return Results.check(Syscalls.recv(state, numbers.to(), answer, LENGTH, flags));
    }
}
