// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.OpenMode;
import io.chagres.test.Conforms;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A handle that only sends, and another that only receives. */
class MessageQueuePairTest extends MessageQueueContract {

    @Override
    void open() throws IpcException {
        sender =
                MessageQueue.create(
                        name, Queues.options(DEPTH, SIZE).withMode(OpenMode.WRITE_ONLY));
        receiver = MessageQueue.open(name, OpenMode.READ_ONLY);
    }

    @Test
    @Conforms("mq_open/7")
    void whatOnlyReceivesDoesNotSend() throws Exception {
        assertThatThrownBy(() -> receiver.send(new byte[1], 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> receiver.trySend(new byte[1], 0))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> receiver.trySend(new byte[1], 0, Duration.ofDays(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(receiver.size()).isZero();
        assertThat(receiver.mode()).isEqualTo(OpenMode.READ_ONLY);
    }

    @Test
    void whatOnlySendsDoesNotReceive() throws Exception {
        Queues.send(sender, "kept", 0);
        byte[] buffer = new byte[SIZE];
        MessageInfo info = new MessageInfo();
        assertThatThrownBy(() -> sender.receive(buffer, info))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name);
        assertThatThrownBy(() -> sender.tryReceive(buffer, info))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sender.receive(buffer, info, Duration.ofDays(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Queues.drain(receiver)).containsExactly("kept");
        assertThat(sender.mode()).isEqualTo(OpenMode.WRITE_ONLY);
    }

    @Test
    @Conforms("mq_open/7")
    void severalMayReceiveAndEachMessageGoesToOne() throws Exception {
        try (MessageQueue second = MessageQueue.open(name, OpenMode.READ_ONLY)) {
            Queues.send(sender, "1", 0);
            Queues.send(sender, "2", 0);
            assertThat(Queues.receive(receiver)).isEqualTo("1");
            assertThat(Queues.receive(second)).isEqualTo("2");
            assertThat(second.size()).isZero();
        }
    }
}
