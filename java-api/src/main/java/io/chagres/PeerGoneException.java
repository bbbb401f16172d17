// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** The other side has closed its end, or its process has ended. */
public final class PeerGoneException extends IpcException {

    private static final long serialVersionUID = 1L;

    private final long transferred;

    /**
     * Makes one.
     *
     * @param operation the function that failed
     * @param objectName what it was applied to
     * @param code the platform's error code; 0 when there was none
     * @param symbol the code's name; empty with code 0
     * @param detail the rest of the message
     * @param transferred bytes that the operation had moved before; they are moved all the same
     */
    public PeerGoneException(
            String operation,
            String objectName,
            int code,
            String symbol,
            String detail,
            long transferred) {
        super(operation, objectName, code, symbol, detail);
        this.transferred = transferred;
    }

    /** {@return bytes that the operation had read or written before it found the peer gone} */
    public long transferred() {
        return transferred;
    }
}
