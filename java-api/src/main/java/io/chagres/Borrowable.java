// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** A handle whose descriptor can be borrowed: every handle of Chagres that has one. */
@FunctionalInterface
public interface Borrowable {

    /**
     * Borrows the descriptor. It stays open until it is given back.
     *
     * @return the borrowed descriptor, to be closed
     * @throws ClosedException when the handle is closed
     * @throws IpcException when it fails for another reason
     */
    BorrowedDescriptor borrow() throws IpcException;
}
