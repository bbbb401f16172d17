// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.IpcException;
import io.chagres.test.Conforms;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Two handles of a queue whose name is gone. */
class UnlinkedMessageQueueTest extends MessageQueueContract {

    @Override
    void open() throws IpcException {
        sender = MessageQueue.create(name, Queues.options(DEPTH, SIZE));
        receiver = MessageQueue.open(name);
        MessageQueue.unlink(name);
    }

    @Test
    @Conforms("mq_unlink/1")
    void theNameIsFreeForAnotherQueue() throws Exception {
        Queues.send(sender, "old", 0);
        try (MessageQueue other = MessageQueue.create(name, Queues.options(1, 1))) {
            Assertions.assertThat(other.attributes())
                    .isEqualTo(new MessageQueueAttributes(1, 1, 0));
        }
        Assertions.assertThat(Queues.receive(receiver)).isEqualTo("old");
    }
}
