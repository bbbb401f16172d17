// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** The operating system does not permit it to this user: see the object's owner and permissions. */
public final class AccessDeniedException extends IpcException {

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
    public AccessDeniedException(
            String operation, String objectName, int code, String symbol, String detail) {
        super(operation, objectName, code, symbol, detail);
    }
}
