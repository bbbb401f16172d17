// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;

/** A queue each way. */
final class PosixMqEnd extends End {

    /** What every user may have. */
    static final int DEPTH = 10;

    private final Names names;

    @SuppressWarnings("NullAway.Init") // by join
    private MessageQueue to;

    @SuppressWarnings("NullAway.Init")
    private MessageQueue from;

    PosixMqEnd(Role role) {
        super(role);
        names = role.names().posix();
    }

    @Override
    void create() throws IpcException {
        MessageQueueOptions options =
                MessageQueueOptions.defaults().withDepth(DEPTH).withMessageSize(size);
        MessageQueue.create(names.there(), options).close();
        MessageQueue.create(names.back(), options).close();
    }

    @Override
    void join() throws IpcException {
        to = MessageQueue.open(names.to(role.driver()), OpenMode.WRITE_ONLY);
        from = MessageQueue.open(names.from(role.driver()), OpenMode.READ_ONLY);
    }

    @Override
    void removeNames() throws IpcException {
        MessageQueue.unlink(names.there());
        MessageQueue.unlink(names.back());
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
