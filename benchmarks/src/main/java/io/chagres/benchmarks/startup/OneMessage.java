// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import io.chagres.mq.MessageQueue;
import java.io.IOException;

/** Creates a queue, sends one message and leaves nothing behind. */
final class OneMessage {

    private OneMessage() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String name = args[0];
        try (MessageQueue queue = MessageQueue.create(name)) {
            MessageQueue.unlink(name);
            queue.send(new byte[] {1, 2, 3}, 0);
            System.out.println("sent");
        }
    }
}
