// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli;

import io.chagres.Mechanism;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueAttributes;
import io.chagres.mq.MessageQueueEntry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** POSIX message queues. */
final class PosixMqObjects implements ListedObjects {

    @Override
    public Mechanism mechanism() {
        return Mechanism.POSIX_MQ;
    }

    @Override
    public List<NamedObject> list() throws IOException {
        return MessageQueue.list().stream().map(this::object).toList();
    }

    @Override
    public void remove(String name) throws IOException {
        MessageQueue.unlink(name);
    }

    private NamedObject object(MessageQueueEntry queue) {
        return new NamedObject(
                mechanism().id(),
                queue.name(),
                queue.owner(),
                queue.access().toString(),
                queue.attributes().map(PosixMqObjects::details).orElse("cannot be opened"),
                queue.attributes().map(PosixMqObjects::fields).orElse(Map.of()));
    }

    private static String details(MessageQueueAttributes queue) {
        return queue.size()
                + " of "
                + queue.depth()
                + " messages, "
                + queue.messageSize()
                + " bytes";
    }

    private static Map<String, ?> fields(MessageQueueAttributes queue) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        fields.put("depth", queue.depth());
        fields.put("messageSize", queue.messageSize());
        fields.put("size", queue.size());
        return fields;
    }
}
