// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/**
 * What comes with a received message. The caller makes one and hands it to each receive, which
 * overwrites it, so that nothing is allocated per message. Not thread-safe.
 */
public final class MessageInfo {

    private int priority;

    /** Makes one that holds nothing yet. */
    public MessageInfo() {}

    /** {@return the priority the message was sent with; higher ones are received first} */
    public int priority() {
        return priority;
    }

    /**
     * For the mechanism that receives.
     *
     * @param priority of the message
     */
    public void priority(int priority) {
        this.priority = priority;
    }
}
