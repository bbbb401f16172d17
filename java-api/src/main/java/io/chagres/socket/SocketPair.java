// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;

/**
 * Two sockets that are connected to each other and have no address.
 *
 * @param <C> what they are
 * @param first one of them
 * @param second the other
 */
public record SocketPair<C extends UnixChannel>(C first, C second) implements AutoCloseable {

    /**
     * Closes both.
     *
     * @throws IpcException when the system could not; they are closed all the same
     */
    @Override
    public void close() throws IpcException {
        try {
            first.close();
        } finally {
            second.close();
        }
    }
}
