// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** An object of that name exists already: open it, or choose another name. */
public final class AlreadyExistsException extends IpcException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param operation the function that failed
     * @param objectName what it was applied to
     * @param code the platform's error code; 0 when Chagres refused before any system call
     * @param symbol the code's name; empty with code 0
     * @param detail the rest of the message
     */
    public AlreadyExistsException(
            String operation, String objectName, int code, String symbol, String detail) {
        super(operation, objectName, code, symbol, detail);
    }
}
