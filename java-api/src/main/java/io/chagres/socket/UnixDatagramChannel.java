// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.internal.SocketNames;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.UnixSockets;

/**
 * Datagrams: messages without a connection, from any socket to any that has an address. Unlike in a
 * network none is lost, doubled or reordered: a sender waits while the receiver has too many (as
 * many as {@code net.unix.max_dgram_qlen}).
 *
 * <p>One that is connected sends to its peer, and receives from it alone. One that is not says with
 * an {@link Envelope} where to.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class UnixDatagramChannel extends UnixMessageChannel {

    UnixDatagramChannel(PosixSocket socket) {
        super(socket);
    }

    /**
     * Makes one without an address: it can send, and nobody can answer.
     *
     * @return the channel
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     * @throws IpcException when it fails
     */
    public static UnixDatagramChannel open() throws IpcException {
        return new UnixDatagramChannel(UnixSockets.DATAGRAM.open());
    }

    /**
     * Makes one with an address, to which only the owner may send.
     *
     * @param address a path, or an abstract name; unnamed asks for a name that nobody has
     * @return the channel
     * @throws IpcException as {@link #bind(UnixAddress, BindOptions)} does
     */
    public static UnixDatagramChannel bind(UnixAddress address) throws IpcException {
        return bind(address, BindOptions.defaults());
    }

    /**
     * Makes one with an address.
     *
     * @param address a path, or an abstract name; unnamed asks for a name that nobody has
     * @param options who may send to it, and what becomes of the path
     * @return the channel
     * @throws io.chagres.AlreadyExistsException when a socket that lives, or a file of another
     *     kind, has the address
     * @throws io.chagres.AccessDeniedException when files cannot be made in the directory
     * @throws io.chagres.NotFoundException when there is no such directory
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
     */
    public static UnixDatagramChannel bind(UnixAddress address, BindOptions options)
            throws IpcException {
        return new UnixDatagramChannel(UnixSockets.DATAGRAM.bind(address, options));
    }

    /**
     * Makes two that are connected to each other.
     *
     * @return both
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
     */
    public static SocketPair<UnixDatagramChannel> pair() throws IpcException {
        UnixSockets.Pair pair = UnixSockets.DATAGRAM.pair();
        return new SocketPair<>(
                new UnixDatagramChannel(pair.first()), new UnixDatagramChannel(pair.second()));
    }

    /**
     * Takes over a descriptor of a Unix datagram socket that is open already. It is made
     * close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the channel
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no such socket; it is left open
     */
    public static UnixDatagramChannel adopt(int fd) throws IpcException {
        return new UnixDatagramChannel(UnixSockets.DATAGRAM.adopt(fd));
    }

    /**
     * Sets the peer: whom to send to without an envelope, and the only one to receive from. Does
     * not block. A new one may be set at any time. When it is gone, the first send throws {@link
     * io.chagres.PeerGoneException}, and from then on there is no peer: {@code ENOTCONN}.
     *
     * @param peer the address of a datagram socket
     * @return this
     * @throws IllegalArgumentException when the peer is unnamed
     * @throws io.chagres.NotFoundException when nothing has that path
     * @throws io.chagres.PeerGoneException when no socket has that address
     * @throws io.chagres.AccessDeniedException when the permissions refuse, or the peer is
     *     connected to another socket
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public UnixDatagramChannel connect(UnixAddress peer) throws IpcException {
        SocketNames.requireName(peer);
        socket.connectDatagram(peer);
        return this;
    }

    /**
     * Has it receive from all again, and send to none without an envelope.
     *
     * @throws IpcException when it fails
     */
    public void disconnect() throws IpcException {
        socket.connectDatagram(UnixAddress.unnamed());
    }

    /**
     * {@return bytes of the next message; 0 when there is none, or it is empty}
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SIOCINQ</a>
     */
    public int nextLength() throws IpcException {
        return socket.available();
    }
}
