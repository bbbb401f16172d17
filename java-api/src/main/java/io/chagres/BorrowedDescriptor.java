// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/**
 * The descriptor of an open handle, borrowed for calls that Chagres does not have. While it is
 * borrowed the descriptor stays open, even if the handle is closed: {@code close()} of the handle
 * then takes effect when the borrowed one is given back. The borrower must not close the number.
 */
public interface BorrowedDescriptor extends AutoCloseable {

    /** {@return the number of the descriptor, valid until {@link #close}} */
    int fd();

    /** Gives it back. Idempotent. */
    @Override
    void close();
}
