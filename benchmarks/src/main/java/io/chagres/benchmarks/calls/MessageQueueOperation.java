// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.posix.CallState;
import io.chagres.posix.Syscalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A message sent to a queue and received from it. */
@State(Scope.Thread)
public class MessageQueueOperation {

    private static final int LENGTH = 64;

    private final CallState state = new CallState();
    private final MemorySegment message = Arena.global().allocate(LENGTH);
    private final MemorySegment answer = Arena.global().allocate(LENGTH);

    @SuppressWarnings("NullAway.Init") // by open
    private MessageQueue queue;

    @SuppressWarnings("NullAway.Init")
    private BorrowedDescriptor descriptor;

    private int fd;

    @Setup
    public void open() throws IpcException {
        String name = CallNames.next();
        queue =
                MessageQueue.create(
                        name, MessageQueueOptions.defaults().withDepth(1).withMessageSize(LENGTH));
        MessageQueue.unlink(name);
        descriptor = queue.borrow();
        fd = descriptor.fd();
    }

    @TearDown
    public void close() throws IpcException {
        descriptor.close();
        queue.close();
    }

    @Benchmark
    public int facade() throws IpcException, InterruptedException {
        queue.send(message, 0);
        return queue.receive(answer);
    }

    @Benchmark
    public long callLayer() {
        Results.check(Syscalls.mq_timedsend(state, fd, message, LENGTH, 0, 0));
        return Results.check(Syscalls.mq_timedreceive(state, fd, answer, LENGTH, 0, 0));
    }
}
