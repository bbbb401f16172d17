// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import java.io.IOException;

/**
 * An operation of the operating system failed. The subclasses tell apart what a caller can act on;
 * everything else is thrown as this class itself.
 */
public class IpcException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String operation;
    private final String objectName;
    private final int code;
    private final String symbol;

    /**
     * Makes one.
     *
     * @param operation the function that failed, such as {@code mq_open}
     * @param objectName what it was applied to, such as {@code /orders}
     * @param code the platform's error code; 0 when Chagres refused before any system call
     * @param symbol the code's name, such as {@code EACCES}; empty with code 0
     * @param detail the rest of the message
     */
    public IpcException(
            String operation, String objectName, int code, String symbol, String detail) {
        super(message(operation, objectName, symbol, detail));
        this.operation = operation;
        this.objectName = objectName;
        this.code = code;
        this.symbol = symbol;
    }

    /** {@return the function that failed, such as {@code mq_open}} */
    public final String operation() {
        return operation;
    }

    /** {@return what it was applied to, such as {@code /orders}} */
    public final String objectName() {
        return objectName;
    }

    /**
     * {@return the platform's error code, such as 13; 0 when Chagres refused before any system
     * call}
     */
    public final int code() {
        return code;
    }

    /** {@return the code's name, such as {@code EACCES}; empty when {@link #code()} is 0} */
    public final String symbol() {
        return symbol;
    }

    private static String message(
            String operation, String objectName, String symbol, String detail) {
        String what = operation + " " + objectName + ": ";
        return symbol.isEmpty() ? what + detail : what + symbol + " (" + detail + ")";
    }
}
