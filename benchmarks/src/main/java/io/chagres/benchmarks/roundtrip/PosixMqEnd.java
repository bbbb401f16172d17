// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A queue each way. */
final class PosixMqEnd extends End {

    private static final int DEPTH = 10;

    private final MemorySegment message = Arena.global().allocate(LENGTH);
    private final MemorySegment answer = Arena.global().allocate(LENGTH);
    private final Names names;
    private final boolean driver;

    @SuppressWarnings("NullAway.Init") // by join
    private MessageQueue to;

    @SuppressWarnings("NullAway.Init")
    private MessageQueue from;

    PosixMqEnd(String name, boolean driver) {
        this.names = Names.of(name);
        this.driver = driver;
    }

    @Override
    void create() throws IpcException {
        MessageQueueOptions options =
                MessageQueueOptions.defaults().withDepth(DEPTH).withMessageSize(LENGTH);
        MessageQueue.create(names.there(), options).close();
        MessageQueue.create(names.back(), options).close();
    }

    @Override
    void join() throws IpcException {
        to = MessageQueue.open(names.to(driver), OpenMode.WRITE_ONLY);
        from = MessageQueue.open(names.from(driver), OpenMode.READ_ONLY);
    }

    @Override
    void removeNames() throws IpcException {
        MessageQueue.unlink(names.there());
        MessageQueue.unlink(names.back());
    }

    @Override
    String peerName() {
        return names.toString();
    }

    @Override
    void send() throws IpcException, InterruptedException {
        to.send(message, 0);
    }

    @Override
    void receive() throws IpcException, InterruptedException {
        from.receive(answer);
    }
}
