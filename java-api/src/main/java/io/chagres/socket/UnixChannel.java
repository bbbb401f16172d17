// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.event.Pollable;
import java.nio.channels.Channel;
import java.util.Optional;

/**
 * What all Unix domain sockets have that send and receive. Thread-safe; all methods throw {@link
 * ClosedException} after {@link #close}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public sealed interface UnixChannel extends Pollable, Channel
        permits UnixSocketChannel, UnixMessageChannel {

    /**
     * {@return the address that this socket is bound to; unnamed if it is not}
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
     */
    UnixAddress localAddress() throws IpcException;

    /**
     * {@return the address that the peer is bound to; unnamed if it is not, as most clients are}
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
     */
    UnixAddress remoteAddress() throws IpcException;

    /**
     * {@return who the peer was when it connected; of a server, when it began to listen; of a pair,
     * when that was made} It stays so, whatever the peer becomes or to whom it gives the socket.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERCRED</a>
     */
    PeerCredentials peerCredentials() throws IpcException;

    /**
     * {@return the process that {@link #peerCredentials} tells, if it still lives} It is proven by
     * the kernel to be that one, and never another one that has got its number since.
     *
     * @throws UnsupportedOperationException before Linux 6.5, which cannot prove it
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERPIDFD</a>
     */
    Optional<ProcessHandle> peerProcess() throws IpcException;

    /**
     * Asks for who sends each message, which then comes with it as {@link
     * io.chagres.MessageInfo#credentials}. Ask before the peer sends: what is on its way already
     * comes without. Who must not miss any asks with {@link BindOptions#withReceiveCredentials}. A
     * socket without an address gets an abstract one by this when it connects or sends.
     *
     * @param receive whether credentials are to come
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PASSCRED</a>
     */
    void receiveCredentials(boolean receive) throws IpcException;

    /**
     * {@return bytes that may be on their way to the peer} As the kernel counts, which needs some
     * for itself: twice what was asked for. A message must fit in whole.
     *
     * @throws IpcException when it fails
     */
    int sendBufferSize() throws IpcException;

    /**
     * Changes how many bytes may be on their way to the peer.
     *
     * @param size bytes, which the system cuts to {@code net.core.wmem_max}
     * @return what it is then, see {@link #sendBufferSize()}
     * @throws IllegalArgumentException when it is not positive
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7), SO_SNDBUF</a>
     */
    int sendBufferSize(int size) throws IpcException;

    /**
     * {@return bytes of the buffer for what comes} The kernel does not use it: what is on its way
     * counts for the sender alone. It is here since other kinds of sockets have it.
     *
     * @throws IpcException when it fails
     */
    int receiveBufferSize() throws IpcException;

    /**
     * Changes the buffer for what comes, see {@link #receiveBufferSize()}.
     *
     * @param size bytes, which the system cuts to {@code net.core.rmem_max}
     * @return what it is then
     * @throws IllegalArgumentException when it is not positive
     * @throws IpcException when it fails
     */
    int receiveBufferSize(int size) throws IpcException;

    /**
     * Ends receiving, for all processes that have this socket: what comes from now on is refused,
     * and the peer's sends fail. What came before can be read; then there is the end.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    void shutdownInput() throws IpcException;

    /**
     * Ends sending, for all processes that have this socket: the peer reads what was sent, and then
     * the end. A send throws {@link io.chagres.PeerGoneException} from now on.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    void shutdownOutput() throws IpcException;

    /**
     * Gives the descriptor to the caller, who must close it. This handle is closed, and a path that
     * it is bound to stays.
     *
     * @return the descriptor, close-on-exec
     * @throws ClosedException when the handle is closed
     * @throws IllegalStateException when other calls are using it; nothing has changed
     * @throws IpcException when it fails
     */
    int detach() throws IpcException;

    /**
     * Closes the socket, and removes the path that it is bound to, if it still is this socket's.
     * Idempotent; wakes the calls that wait, which throw {@link ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    void close() throws IpcException;
}
