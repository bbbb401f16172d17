// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** What a handle is opened for. */
public enum OpenMode {
    /** To receive or read. */
    READ_ONLY,
    /** To send or write. */
    WRITE_ONLY,
    /** For both. */
    READ_WRITE;

    /** {@return whether it includes receiving} */
    public boolean reads() {
        return this != WRITE_ONLY;
    }

    /** {@return whether it includes sending} */
    public boolean writes() {
        return this != READ_ONLY;
    }
}
