// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.posix.Fcntl;
import io.chagres.posix.MqAttr;
import io.chagres.posix.Mqueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;

/** A queue created and gone. */
public class MessageQueueLife extends NamedLife {

    private static final int DEPTH = 1;
    private static final int LENGTH = 64;
    private static final int FLAGS = Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_RDWR | Fcntl.O_CLOEXEC;

    private final MessageQueueOptions options =
            MessageQueueOptions.defaults().withDepth(DEPTH).withMessageSize(LENGTH);
    private final MemorySegment attributes = Arena.global().allocate(MqAttr.LAYOUT);

    public MessageQueueLife() {
        MqAttr.mq_maxmsg(attributes, DEPTH);
        MqAttr.mq_msgsize(attributes, LENGTH);
    }

    @Benchmark
    public void facade() throws IpcException {
        try (MessageQueue queue = MessageQueue.create(name, options)) {
            MessageQueue.unlink(queue.name());
        }
    }

    @Benchmark
    public void callLayer() {
        int fd = Results.check(Mqueue.mq_open(cName, FLAGS, 0600, attributes));
        Results.check(Mqueue.mq_unlink(cName));
        Results.check(Mqueue.mq_close(fd));
    }
}
