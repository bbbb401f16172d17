// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/**
 * The thread was interrupted in a method that can throw no {@link InterruptedException}, such as
 * those of the channel interfaces of java.nio. The thread's interrupt status is set, and the handle
 * stays open.
 */
public final class InterruptedCallException extends IpcException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param operation what was interrupted
     * @param objectName what it was applied to
     */
    public InterruptedCallException(String operation, String objectName) {
        super(operation, objectName, 0, "", "the thread was interrupted");
    }
}
