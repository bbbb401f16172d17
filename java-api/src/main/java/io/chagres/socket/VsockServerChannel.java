// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.internal.posix.PosixListener;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.VsockSockets;

/**
 * A server of {@link VsockChannel}s. There are no permissions: every machine that has a way to this
 * one may connect, and the host always has; the server sees which by {@link
 * VsockChannel#remoteAddress}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
 */
public final class VsockServerChannel extends SocketServer<VsockChannel> {

    private static final int BACKLOG = 4096;

    private VsockServerChannel(PosixListener listener) {
        super(listener);
    }

    /**
     * Makes a server, with a backlog of 4096 or what the system allows.
     *
     * @param address mostly {@link VsockAddress#CID_ANY} and a port
     * @return the server, which takes connections from now on
     * @throws IpcException as {@link #bind(VsockAddress, int)} does
     */
    public static VsockServerChannel bind(VsockAddress address) throws IpcException {
        return bind(address, BACKLOG);
    }

    /**
     * Makes a server.
     *
     * @param address mostly {@link VsockAddress#CID_ANY} and a port
     * @param backlog connections that wait to be accepted; more are refused
     * @return the server, which takes connections from now on
     * @throws IllegalArgumentException when the backlog is negative
     * @throws io.chagres.AlreadyExistsException when the port is in use
     * @throws io.chagres.AccessDeniedException when it is below 1024 and this process may not
     * @throws UnsupportedOperationException naming the reason, where there are none
     * @throws IpcException when it fails for another reason, such as {@code EADDRNOTAVAIL} for the
     *     number of another machine
     * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
     */
    public static VsockServerChannel bind(VsockAddress address, int backlog) throws IpcException {
        if (backlog < 0) {
            throw new IllegalArgumentException("backlog " + backlog + " is negative");
        }
        return new VsockServerChannel(VsockSockets.listen(address, backlog));
    }

    /**
     * Takes over a descriptor of a server that is open already, such as one that was inherited or
     * passed. It is made close-on-exec and non-blocking, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the server
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no such server; it is left open
     */
    public static VsockServerChannel adopt(int fd) throws IpcException {
        return new VsockServerChannel(VsockSockets.adoptListener(fd));
    }

    @Override
    VsockChannel connection(PosixSocket socket) {
        return new VsockChannel(socket);
    }

    /**
     * {@return the address that it is bound to}
     *
     * @throws IpcException when it fails
     */
    public VsockAddress localAddress() throws IpcException {
        return VsockSockets.localAddress(listener);
    }
}
