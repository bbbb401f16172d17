// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** A name breaks the platform's rules, which the message tells. Nothing was done. */
public final class InvalidNameException extends IpcException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param operation the function that was to be called
     * @param objectName the name
     * @param detail the rule that it breaks
     */
    public InvalidNameException(String operation, String objectName, String detail) {
        super(operation, objectName, 0, "", detail);
    }
}
