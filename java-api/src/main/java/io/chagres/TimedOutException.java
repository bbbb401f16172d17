// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/**
 * The timeout of an operation elapsed that has no other way to say so, such as one that opens:
 * those that return a count return {@link Ipc#TIMED_OUT} instead. Nothing has happened.
 */
public final class TimedOutException extends IpcException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param operation what was to be done
     * @param objectName what it was applied to
     * @param detail what it waited for
     */
    public TimedOutException(String operation, String objectName, String detail) {
        super(operation, objectName, 0, "", detail);
    }
}
