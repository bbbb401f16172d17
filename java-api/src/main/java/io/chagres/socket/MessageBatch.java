// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.internal.posix.SocketBatch;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Messages that are sent or received several at a time, in one system call. It has native memory of
 * its own, which is reused, so nothing is allocated per message but what {@link #message} returns.
 * Not thread-safe.
 *
 * <pre>{@code
 * MessageBatch batch = new MessageBatch(64, 1024);
 * int count = channel.receive(batch);
 * for (int i = 0; i < count; i++) {
 *     handle(batch.message(i));
 * }
 * }</pre>
 */
public final class MessageBatch {

    private final int capacity;
    private final int messageSize;
    private final int[] lengths;
    private final SocketBatch memory;
    private int count;
    private int sent;

    /**
     * Makes an empty one.
     *
     * @param capacity messages that it holds; the system takes at most 1024 at once
     * @param messageSize bytes of the longest
     * @throws IllegalArgumentException when one of them is not positive, or the capacity above 1024
     */
    public MessageBatch(int capacity, int messageSize) {
        if (capacity <= 0 || capacity > 1024 || messageSize <= 0) {
            throw new IllegalArgumentException(
                    "a batch of " + capacity + " messages of " + messageSize + " bytes");
        }
        this.capacity = capacity;
        this.messageSize = messageSize;
        this.lengths = new int[capacity];
        this.memory = new SocketBatch(capacity, messageSize);
    }

    /** {@return messages that it can hold} */
    public int capacity() {
        return capacity;
    }

    /** {@return messages in it} */
    public int count() {
        return count;
    }

    /** {@return messages of it that the last send has sent, also when it failed afterwards} */
    public int sent() {
        return sent;
    }

    /** Removes all messages. */
    public void clear() {
        count = 0;
        sent = 0;
    }

    /**
     * Adds a message, which is copied.
     *
     * @param message its bytes
     * @throws IllegalStateException when it is full
     * @throws IllegalArgumentException when the message is too long
     */
    public void add(MemorySegment message) {
        if (count == capacity) {
            throw new IllegalStateException("the batch is full");
        }
        if (message.byteSize() > messageSize) {
            throw new IllegalArgumentException(
                    message.byteSize()
                            + " bytes are more than the "
                            + messageSize
                            + " of a message");
        }
        MemorySegment.copy(message, 0, memory.slot(count), 0, message.byteSize());
        lengths[count] = (int) message.byteSize();
        memory.length(count, message.byteSize());
        count++;
    }

    /**
     * {@return a message: the memory that it lies in, until the next receive}
     *
     * @param index from 0
     * @throws IndexOutOfBoundsException when there is none
     */
    public MemorySegment message(int index) {
        Objects.checkIndex(index, count);
        return memory.slot(index).asSlice(0, Math.min(lengths[index], messageSize));
    }

    /**
     * {@return bytes of a message as it was sent, which may be more than there was room for}
     *
     * @param index from 0
     * @throws IndexOutOfBoundsException when there is none
     */
    public int length(int index) {
        return lengths[Objects.checkIndex(index, count)];
    }

    /**
     * {@return whether a message was longer than there was room for, so that its end is lost}
     *
     * @param index from 0
     * @throws IndexOutOfBoundsException when there is none
     */
    public boolean isTruncated(int index) {
        return length(index) > messageSize;
    }

    SocketBatch memory() {
        return memory;
    }

    void sent(int sent) {
        this.sent = sent;
    }

    void received(int received) {
        count = Math.max(0, received);
        sent = 0;
        for (int i = 0; i < count; i++) {
            lengths[i] = memory.received(i);
            memory.length(i, Math.min(lengths[i], messageSize)); // should it be sent on
        }
    }
}
