// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.Access;
import io.chagres.OpenMode;
import java.util.Objects;

/**
 * How to create a message queue. Immutable; each method returns a changed copy.
 *
 * @param depth the most messages it holds; 0 for the system's default, {@code
 *     fs.mqueue.msg_default}
 * @param messageSize the longest message in bytes; 0 for the system's default, {@code
 *     fs.mqueue.msgsize_default}
 * @param access who may open it
 * @param mode what the creating handle is for
 * @param unlinkOnExit whether the name is removed when the creating JVM ends
 */
public record MessageQueueOptions(
        int depth, int messageSize, Access access, OpenMode mode, boolean unlinkOnExit) {

    private static final MessageQueueOptions DEFAULTS =
            new MessageQueueOptions(0, 0, Access.ownerOnly(), OpenMode.READ_WRITE, false);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when depth or message size is negative
     */
    public MessageQueueOptions {
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(mode, "mode");
        if (depth < 0) {
            throw new IllegalArgumentException("depth " + depth + " is negative");
        }
        if (messageSize < 0) {
            throw new IllegalArgumentException("message size " + messageSize + " is negative");
        }
    }

    /** {@return the system's depth and message size, for the owner only, to send and to receive} */
    public static MessageQueueOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the depth.
     *
     * @param depth the most messages the queue holds
     * @return the changed copy
     * @throws IllegalArgumentException when it is not positive
     */
    public MessageQueueOptions withDepth(int depth) {
        return new MessageQueueOptions(
                positive("depth", depth), messageSize, access, mode, unlinkOnExit);
    }

    /**
     * Sets the longest message.
     *
     * @param messageSize the longest message in bytes
     * @return the changed copy
     * @throws IllegalArgumentException when it is not positive
     */
    public MessageQueueOptions withMessageSize(int messageSize) {
        return new MessageQueueOptions(
                depth, positive("message size", messageSize), access, mode, unlinkOnExit);
    }

    /**
     * Sets who may open the queue.
     *
     * @param access who may open the queue
     * @return the changed copy
     */
    public MessageQueueOptions withAccess(Access access) {
        return new MessageQueueOptions(depth, messageSize, access, mode, unlinkOnExit);
    }

    /**
     * Sets what the creating handle is for.
     *
     * @param mode what the creating handle is for
     * @return the changed copy
     */
    public MessageQueueOptions withMode(OpenMode mode) {
        return new MessageQueueOptions(depth, messageSize, access, mode, unlinkOnExit);
    }

    /**
     * Has the queue's name removed when the JVM that creates it ends in an orderly way: not by
     * {@code kill -9}. Another queue that has got the name meanwhile is left alone. A queue that is
     * only opened is never removed.
     *
     * @param unlinkOnExit whether to remove it; not by default
     * @return the changed copy
     */
    public MessageQueueOptions withUnlinkOnExit(boolean unlinkOnExit) {
        return new MessageQueueOptions(depth, messageSize, access, mode, unlinkOnExit);
    }

    private static int positive(String what, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " " + value + " is not positive");
        }
        return value;
    }
}
