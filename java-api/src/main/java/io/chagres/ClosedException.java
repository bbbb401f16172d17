// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** The handle was closed before the operation, or while it waited. */
public final class ClosedException extends IpcException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param operation what was to be done
     * @param objectName the object whose handle is closed
     */
    public ClosedException(String operation, String objectName) {
        super(operation, objectName, 0, "", "the handle is closed");
    }
}
