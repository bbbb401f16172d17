// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;

/**
 * A handle that a {@link Poller} can watch. The poller watches a duplicate of what is borrowed, and
 * gives that back at once. So a foreign handle may close its descriptor while it is registered; but
 * what the descriptor was open on stays open until the registration is closed.
 */
public interface Pollable {

    /**
     * Borrows the descriptor. It stays open until it is given back.
     *
     * @return the borrowed descriptor, to be closed
     * @throws io.chagres.ClosedException when the handle is closed
     * @throws IpcException when it fails for another reason
     */
    BorrowedDescriptor borrow() throws IpcException;
}
