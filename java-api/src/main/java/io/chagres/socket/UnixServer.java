// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.internal.posix.PosixListener;

/**
 * A Unix domain socket that takes connections.
 *
 * <p>The file of a path has its permissions from the first instant. That of a server that has died
 * is replaced, that of one that lives is not, nor is a file of another kind: see {@link
 * BindOptions}.
 *
 * @param <C> what a connection is
 */
public abstract sealed class UnixServer<C> extends SocketServer<C>
        permits UnixServerChannel, UnixSeqPacketServerChannel {

    UnixServer(PosixListener listener) {
        super(listener);
    }

    /**
     * {@return the address that it is bound to}
     *
     * @throws IpcException when it fails
     */
    public UnixAddress localAddress() throws IpcException {
        return listener.localAddress();
    }
}
