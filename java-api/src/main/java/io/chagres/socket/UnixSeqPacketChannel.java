// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import io.chagres.internal.Deadline;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.UnixSockets;
import java.time.Duration;

/**
 * Sequenced packets: messages over a connection, in their order, with an end that can be seen.
 *
 * <p>The end and an empty message look alike to the system. An empty one is told by the peer being
 * there still, so one that a peer sends as its last can be taken for the end; where that matters,
 * {@link #receiveCredentials} makes it certain for receives with an info, as only messages have
 * senders.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class UnixSeqPacketChannel extends UnixMessageChannel {

    UnixSeqPacketChannel(PosixSocket socket) {
        super(socket);
    }

    /**
     * Connects to a server, waiting while its backlog is full.
     *
     * @param remote the server's address
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #connect(UnixAddress, Duration)} does
     */
    public static UnixSeqPacketChannel connect(UnixAddress remote)
            throws IpcException, InterruptedException {
        return new UnixSeqPacketChannel(
                UnixSockets.SEQPACKET.connect(
                        remote, null, BindOptions.defaults(), Deadline.NEVER));
    }

    /**
     * Connects to a server, waiting while its backlog is full, but not longer than a timeout.
     *
     * @param remote the server's address
     * @param timeout how long to wait; zero or negative does not wait
     * @return the connection
     * @throws IllegalArgumentException when the server's address is unnamed
     * @throws io.chagres.NotFoundException when nothing has that path
     * @throws io.chagres.PeerGoneException when nobody listens there
     * @throws io.chagres.AccessDeniedException when the permissions refuse
     * @throws io.chagres.TimedOutException when the backlog was full all the time
     * @throws InterruptedException when the thread is interrupted
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     * @throws IpcException when it fails for another reason, such as {@code EPROTOTYPE} for a
     *     socket of another type
     * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
     */
    public static UnixSeqPacketChannel connect(UnixAddress remote, Duration timeout)
            throws IpcException, InterruptedException {
        return new UnixSeqPacketChannel(
                UnixSockets.SEQPACKET.connect(
                        remote, null, BindOptions.defaults(), Deadline.after(timeout)));
    }

    /**
     * Makes two that are connected to each other.
     *
     * @return both
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
     */
    public static SocketPair<UnixSeqPacketChannel> pair() throws IpcException {
        UnixSockets.Pair pair = UnixSockets.SEQPACKET.pair();
        return new SocketPair<>(
                new UnixSeqPacketChannel(pair.first()), new UnixSeqPacketChannel(pair.second()));
    }

    /**
     * Takes over a descriptor of a Unix sequenced-packet socket that is open already. It is made
     * close-on-exec, and {@link #close} closes it.
     *
     * @param fd the descriptor; from now on this handle owns it
     * @return the channel
     * @throws IllegalArgumentException when the number is negative
     * @throws IpcException when it is no such socket; it is left open
     */
    public static UnixSeqPacketChannel adopt(int fd) throws IpcException {
        return new UnixSeqPacketChannel(UnixSockets.SEQPACKET.adopt(fd));
    }

    /**
     * {@return bytes of the next message; 0 when there is none, or it is empty}
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2), MSG_PEEK</a>
     */
    public int nextLength() throws IpcException {
        return socket.nextLength();
    }
}
