// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.SecondProcess;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What needs other kernel parameters than the machine's: a private IPC namespace has its own. */
@Tag("native")
@Tag("cross-process")
class LargeMessagesTest {

    private static SecondProcess start(Class<?> main, String... limits) throws Exception {
        List<String> java = SecondProcess.javaCommand(List.of(), List.of(), main);
        return SecondProcess.command(PrivateIpc.command(java, limits));
    }

    @Test
    void messagesLongerThanTheScratchBlocksComeBackWhole() throws Exception {
        try (SecondProcess child = start(SendsLarge.class, "msgsize_max=200000")) {
            for (int i = 0; i < Form.values().length * Way.values().length; i++) {
                assertThat(child.readLine()).startsWith("same ");
            }
            assertThat(child.exitCode()).isZero();
        }
    }

    @Test
    void aDefaultAboveItsMaximumIsTheMaximum() throws Exception {
        String[] limits = {
            "msg_default=9", "msg_max=5", "msgsize_default=4096", "msgsize_max=2000"
        };
        try (SecondProcess child = start(CreatesWithDefaults.class, limits)) {
            String expected = child.readLine();
            assertThat(child.readLine()).isEqualTo(expected);
            assertThat(child.exitCode()).isZero();
        }
    }

    /** Each form in each way, with the longest message that is allowed. */
    static final class SendsLarge {
        public static void main(String[] args) throws Exception {
            int size = (int) Math.min(200_000, Queues.sysctl("fs.mqueue.msgsize_max"));
            byte[] content = new byte[size];
            new Random(42).nextBytes(content);
            try (MessageQueue queue = MessageQueue.create("/large", Queues.options(1, size))) {
                for (Form form : Form.values()) {
                    for (Way way : Way.values()) {
                        way.send(queue, form.of(content), 0);
                        Object buffer = form.of(new byte[size]);
                        int length = way.receive(queue, buffer, new MessageInfo());
                        boolean same = length == size;
                        same &= Arrays.equals(Form.content(buffer), content);
                        System.out.println((same ? "same " : "other ") + form + " " + way);
                    }
                }
            }
        }
    }

    /** What the kernel makes of no attributes, then what the facade makes of each of the two. */
    static final class CreatesWithDefaults {
        public static void main(String[] args) throws Exception {
            MessageQueueOptions options = MessageQueueOptions.defaults();
            MessageQueue.create("/both").close();
            MessageQueueAttributes both = attributes("/both");
            System.out.println(both);
            MessageQueue.create("/depth", options.withMessageSize(1)).close();
            MessageQueue.create("/size", options.withDepth(1)).close();
            System.out.println(
                    new MessageQueueAttributes(
                            attributes("/depth").depth(), attributes("/size").messageSize(), 0));
        }

        private static MessageQueueAttributes attributes(String name) throws IpcException {
            try (MessageQueue queue = MessageQueue.open(name)) {
                return queue.attributes();
            }
        }
    }
}
