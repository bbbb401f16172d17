// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.IpcException;

/** One handle that sends and receives. */
class MessageQueueTest extends MessageQueueContract {

    @Override
    void open() throws IpcException {
        sender = MessageQueue.create(name, Queues.options(DEPTH, SIZE));
        receiver = sender;
    }
}
