// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** A limit of the system, the user or the process is reached; the message tells how to raise it. */
public final class LimitExceededException extends IpcException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final long value;

    /**
     * Makes one.
     *
     * @param operation the function that failed
     * @param objectName what it was applied to
     * @param code the platform's error code
     * @param symbol the code's name
     * @param detail the rest of the message
     * @param limit the limit's name; empty when the platform does not tell which one it was
     * @param value its present value; -1 when there is none or it is unknown
     */
    public LimitExceededException(
            String operation,
            String objectName,
            int code,
            String symbol,
            String detail,
            String limit,
            long value) {
        super(operation, objectName, code, symbol, detail);
        this.limit = limit;
        this.value = value;
    }

    /**
     * {@return the limit's name, such as {@code fs.mqueue.msg_max} or {@code RLIMIT_NOFILE}; empty
     * if unknown}
     */
    public String limit() {
        return limit;
    }

    /** {@return the limit's value when it was hit; -1 when there is none or it is unknown} */
    public long value() {
        return value;
    }
}
