// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.IpcException;
import io.chagres.test.OnVirtualThreads;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two handles, used by virtual threads. */
@ExtendWith(OnVirtualThreads.class)
class VirtualThreadMessageQueueTest extends MessageQueueContract {

    @Override
    void open() throws IpcException {
        sender = MessageQueue.create(name, Queues.options(DEPTH, SIZE));
        receiver = MessageQueue.open(name);
    }
}
