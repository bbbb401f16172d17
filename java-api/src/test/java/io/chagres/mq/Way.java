// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.MessageInfo;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** The three ways to call, for each type that messages have. */
enum Way {
    WAITING,
    TRYING,
    TIMED;

    /** Sends a segment, a buffer or an array. */
    boolean send(MessageQueue queue, Object message, int priority) throws Exception {
        if (message instanceof MemorySegment segment) {
            return switch (this) {
                case WAITING -> {
                    queue.send(segment, priority);
                    yield true;
                }
                case TRYING -> queue.trySend(segment, priority);
                case TIMED -> queue.trySend(segment, priority, Queues.PATIENCE);
            };
        }
        return message instanceof ByteBuffer buffer
                ? send(queue, buffer, priority)
                : send(queue, (byte[]) message, priority);
    }

    private boolean send(MessageQueue queue, ByteBuffer message, int priority) throws Exception {
        return switch (this) {
            case WAITING -> {
                queue.send(message, priority);
                yield true;
            }
            case TRYING -> queue.trySend(message, priority);
            case TIMED -> queue.trySend(message, priority, Queues.PATIENCE);
        };
    }

    private boolean send(MessageQueue queue, byte[] message, int priority) throws Exception {
        return switch (this) {
            case WAITING -> {
                queue.send(message, priority);
                yield true;
            }
            case TRYING -> queue.trySend(message, priority);
            case TIMED -> queue.trySend(message, priority, Queues.PATIENCE);
        };
    }

    /** Receives into a segment, a buffer or an array. */
    int receive(MessageQueue queue, Object buffer, MessageInfo info) throws Exception {
        if (buffer instanceof MemorySegment segment) {
            return switch (this) {
                case WAITING -> queue.receive(segment, info);
                case TRYING -> queue.tryReceive(segment, info);
                case TIMED -> queue.receive(segment, info, Queues.PATIENCE);
            };
        }
        if (buffer instanceof ByteBuffer bytes) {
            return switch (this) {
                case WAITING -> queue.receive(bytes, info);
                case TRYING -> queue.tryReceive(bytes, info);
                case TIMED -> queue.receive(bytes, info, Queues.PATIENCE);
            };
        }
        byte[] array = (byte[]) buffer;
        return switch (this) {
            case WAITING -> queue.receive(array, info);
            case TRYING -> queue.tryReceive(array, info);
            case TIMED -> queue.receive(array, info, Queues.PATIENCE);
        };
    }
}
