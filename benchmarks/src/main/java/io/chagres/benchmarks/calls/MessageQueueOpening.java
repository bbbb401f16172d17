// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Mqueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A queue that exists opened and closed. */
@State(Scope.Thread)
public class MessageQueueOpening {

    private final String name = CallNames.next();
    private final MemorySegment cName = Arena.global().allocateFrom(name);

    @Setup
    public void create() throws IpcException {
        MessageQueueOptions options =
                MessageQueueOptions.defaults().withDepth(1).withUnlinkOnExit(true);
        MessageQueue.create(name, options).close();
    }

    @TearDown
    public void unlink() throws IpcException {
        MessageQueue.unlink(name);
    }

    @Benchmark
    public void facade() throws IpcException {
        MessageQueue.open(name).close();
    }

    @Benchmark
    public void callLayer() {
        int flags = Fcntl.O_RDWR | Fcntl.O_CLOEXEC;
        int fd = Results.check(Mqueue.mq_open(cName, flags, 0, MemorySegment.NULL));
        Results.check(Mqueue.mq_close(fd));
    }
}
