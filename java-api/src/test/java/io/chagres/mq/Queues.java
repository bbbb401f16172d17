// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.NotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tests of the queue share. Without a library of tests, for second processes use it too.
 */
final class Queues {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Queues() {}

    /** For the leak check: whether there is a queue of that name, which is removed. */
    static boolean exists(String name) {
        try {
            MessageQueue.unlink(name);
            return true;
        } catch (NotFoundException e) {
            return false;
        } catch (IpcException e) {
            return true;
        }
    }

    static void removeIfThere(String name) throws IpcException {
        try {
            MessageQueue.unlink(name);
        } catch (NotFoundException e) {
            // the test removed it itself
        }
    }

    static MessageQueueOptions options(int depth, int messageSize) {
        return MessageQueueOptions.defaults().withDepth(depth).withMessageSize(messageSize);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static void send(MessageQueue queue, String text, int priority) throws Exception {
        if (!queue.trySend(bytes(text), priority, PATIENCE)) {
            throw new AssertionError(queue + " stayed full");
        }
    }

    /** Waits for the next message. */
    static String receive(MessageQueue queue) throws Exception {
        byte[] buffer = new byte[queue.messageSize()];
        int length = queue.receive(buffer, new MessageInfo(), PATIENCE);
        if (length < 0) {
            throw new AssertionError(queue + " stayed empty");
        }
        return new String(buffer, 0, length, StandardCharsets.US_ASCII);
    }

    /** All that is in the queue now, which then is empty. */
    static List<String> drain(MessageQueue queue) throws IpcException {
        byte[] buffer = new byte[queue.messageSize()];
        MessageInfo info = new MessageInfo();
        List<String> messages = new ArrayList<>();
        int length = queue.tryReceive(buffer, info);
        while (length != Ipc.WOULD_BLOCK) {
            messages.add(new String(buffer, 0, length, StandardCharsets.US_ASCII));
            length = queue.tryReceive(buffer, info);
        }
        return messages;
    }

    /**
     * A kernel parameter such as {@code fs.mqueue.msg_max}. The kernel gives all of it to the first
     * read and nothing to the next, and the first of {@link Files#readString} is of one byte.
     */
    static long sysctl(String name) throws IOException {
        Path file = Path.of("/proc/sys", name.replace('.', '/'));
        return Long.parseLong(Files.readAllLines(file).get(0));
    }

    /** An exception in one line, for a second process to print. */
    static String said(IpcException e) {
        return String.join(
                " ", e.getClass().getSimpleName(), e.operation(), e.objectName(), e.symbol());
    }
}
