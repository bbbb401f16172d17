// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.internal.posix.PosixListener;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.UnixSockets;

/** A server of {@link UnixSeqPacketChannel}s. */
public final class UnixSeqPacketServerChannel extends UnixServer<UnixSeqPacketChannel> {

    private UnixSeqPacketServerChannel(PosixListener listener) {
        super(listener);
    }

    /**
     * Makes a server at an address, for the owner only.
     *
     * @param address a path, or an abstract name; unnamed asks for a name that nobody has
     * @return the server, which takes connections from now on
     * @throws IpcException as {@link #bind(UnixAddress, BindOptions)} does
     */
    public static UnixSeqPacketServerChannel bind(UnixAddress address) throws IpcException {
        return bind(address, BindOptions.defaults());
    }

    /**
     * Makes a server at an address.
     *
     * @param address a path, or an abstract name; unnamed asks for a name that nobody has
     * @param options who may connect, and what becomes of the path
     * @return the server, which takes connections from now on
     * @throws io.chagres.AlreadyExistsException when a socket that lives, or a file of another
     *     kind, has the address
     * @throws io.chagres.AccessDeniedException when files cannot be made in the directory
     * @throws io.chagres.NotFoundException when there is no such directory
     * @throws io.chagres.TimedOutException when another process has been taking the path over for
     *     ten seconds
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
     */
    public static UnixSeqPacketServerChannel bind(UnixAddress address, BindOptions options)
            throws IpcException {
        return new UnixSeqPacketServerChannel(UnixSockets.SEQPACKET.listen(address, options));
    }

    /**
     * Takes over a descriptor of a server that is open already, such as one that was inherited or
     * passed. It is made close-on-exec and non-blocking, and {@link #close} closes it and leaves
     * its path.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the server
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no such server; it is left open
     */
    public static UnixSeqPacketServerChannel adopt(int fd) throws IpcException {
        return new UnixSeqPacketServerChannel(UnixSockets.SEQPACKET.adoptListener(fd));
    }

    @Override
    UnixSeqPacketChannel connection(PosixSocket socket) {
        return new UnixSeqPacketChannel(socket);
    }
}
