// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;

/** A message is longer than the target. It is not lost: the next receive gets it. */
public final class MessageTooLongException extends IpcException {

    private static final long serialVersionUID = 1L;

    private final int length;

    /**
     * A message that could not be received.
     *
     * @param operation the function that found it
     * @param objectName the connection
     * @param length bytes of the message
     * @param size bytes of the target
     */
    public MessageTooLongException(String operation, String objectName, int length, long size) {
        super(
                operation,
                objectName,
                0,
                "",
                "the message has "
                        + length
                        + " bytes and the target "
                        + size
                        + "; it stays for the next receive");
        this.length = length;
    }

    /** {@return bytes of the message, which the next target must have} */
    public int length() {
        return length;
    }
}
