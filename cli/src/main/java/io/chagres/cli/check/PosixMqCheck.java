// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import io.chagres.Mechanism;
import io.chagres.MessageInfo;
import io.chagres.NotFoundException;
import io.chagres.OpenMode;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueEntry;
import io.chagres.mq.MessageQueueOptions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/** POSIX message queues: one for requests, one for replies. */
final class PosixMqCheck implements MechanismCheck {

    private static final int DEPTH = 10;
    private static final int MESSAGE_SIZE = 8192;

    @Override
    public Mechanism mechanism() {
        return Mechanism.POSIX_MQ;
    }

    @Override
    public int maxMessage() {
        return MESSAGE_SIZE;
    }

    @Override
    public String note() {
        return "two queues of " + DEPTH + " x " + MESSAGE_SIZE + " bytes";
    }

    @Override
    public Exchange create(String name) throws IOException {
        MessageQueueOptions options =
                MessageQueueOptions.defaults().withDepth(DEPTH).withMessageSize(MESSAGE_SIZE);
        MessageQueue requests =
                MessageQueue.create(requests(name), options.withMode(OpenMode.WRITE_ONLY));
        try {
            return new Queues(
                    requests,
                    MessageQueue.create(replies(name), options.withMode(OpenMode.READ_ONLY)));
        } catch (IOException e) {
            requests.close();
            remove(name);
            throw e;
        }
    }

    @Override
    public Exchange join(String name) throws IOException {
        MessageQueue requests = MessageQueue.open(requests(name), OpenMode.READ_ONLY);
        try {
            return new Queues(MessageQueue.open(replies(name), OpenMode.WRITE_ONLY), requests);
        } catch (IOException e) {
            requests.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        try {
            return MessageQueue.list().stream().map(MessageQueueEntry::name).toList();
        } catch (IOException e) {
            return List.of(); // not to be listed here, so nothing to be found
        }
    }

    @Override
    public void remove(String name) throws IOException {
        unlinkIfThere(requests(name));
        unlinkIfThere(replies(name));
    }

    private static String requests(String name) {
        return name + ".requests";
    }

    private static String replies(String name) {
        return name + ".replies";
    }

    private static void unlinkIfThere(String name) throws IOException {
        try {
            MessageQueue.unlink(name);
        } catch (NotFoundException e) {
            // removed already, which is what is wanted
        }
    }

    private static final class Queues implements Exchange {
        private final MessageQueue out;
        private final MessageQueue in;
        private final MessageInfo info = new MessageInfo();

        Queues(MessageQueue out, MessageQueue in) {
            this.out = out;
            this.in = in;
        }

        @Override
        public boolean send(MemorySegment message, Duration timeout)
                throws IOException, InterruptedException {
            return out.trySend(message, 0, timeout);
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout)
                throws IOException, InterruptedException {
            int length = in.receive(buffer, info, timeout);
            return length >= 0 ? length : Ipc.TIMED_OUT;
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } finally {
                in.close();
            }
        }
    }
}
