// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.event.Pollable;
import io.chagres.internal.posix.PosixSocket;
import java.nio.channels.Channel;
import java.util.Optional;

/**
 * What all Unix domain sockets have that send and receive. Thread-safe; all methods throw {@link
 * ClosedException} after {@link #close}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public abstract sealed class UnixChannel implements Pollable, Channel
        permits UnixSocketChannel, UnixMessageChannel {

    final PosixSocket socket;

    UnixChannel(PosixSocket socket) {
        this.socket = socket;
    }

    /**
     * {@return the address that this socket is bound to; unnamed if it is not}
     *
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
     */
    public UnixAddress localAddress() throws IpcException {
        return socket.localAddress();
    }

    /**
     * {@return the address that the peer is bound to; unnamed if it is not, as most clients are}
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
     */
    public UnixAddress remoteAddress() throws IpcException {
        return socket.remoteAddress();
    }

    /**
     * {@return who the peer was when it connected; of a server, when it began to listen; of a pair,
     * when that was made} It stays so, whatever the peer becomes or to whom it gives the socket.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERCRED</a>
     */
    public PeerCredentials peerCredentials() throws IpcException {
        return socket.peerCredentials();
    }

    /**
     * {@return the process that {@link #peerCredentials} tells, if it still lives} It is proven by
     * the kernel to be that one, and never another one that has got its number since.
     *
     * @throws UnsupportedOperationException before Linux 6.5, which cannot prove it
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PEERPIDFD</a>
     */
    public Optional<ProcessHandle> peerProcess() throws IpcException {
        return socket.peerProcess();
    }

    /**
     * Asks for who sends each message, which then comes with it as {@link
     * io.chagres.MessageInfo#credentials}. Ask before the peer sends: what is on its way already
     * may come without. A socket without an address gets an abstract one by this when it connects
     * or sends.
     *
     * @param receive whether credentials are to come
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SO_PASSCRED</a>
     */
    public void receiveCredentials(boolean receive) throws IpcException {
        socket.receiveCredentials(receive);
    }

    /**
     * {@return bytes that may be on their way to the peer} As the kernel counts, which needs some
     * for itself: twice what was asked for. A message must fit in whole.
     *
     * @throws IpcException when it fails
     */
    public int sendBufferSize() throws IpcException {
        return socket.sendBufferSize();
    }

    /**
     * Changes how many bytes may be on their way to the peer.
     *
     * @param size bytes, which the system cuts to {@code net.core.wmem_max}
     * @return what it is then, see {@link #sendBufferSize()}
     * @throws IllegalArgumentException when it is not positive
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7), SO_SNDBUF</a>
     */
    public int sendBufferSize(int size) throws IpcException {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        socket.sendBufferSize(size);
        return sendBufferSize();
    }

    /**
     * {@return bytes of the buffer for what comes} The kernel does not use it: what is on its way
     * counts for the sender alone. It is here since other kinds of sockets have it.
     *
     * @throws IpcException when it fails
     */
    public int receiveBufferSize() throws IpcException {
        return socket.receiveBufferSize();
    }

    /**
     * Changes the buffer for what comes, see {@link #receiveBufferSize()}.
     *
     * @param size bytes, which the system cuts to {@code net.core.rmem_max}
     * @return what it is then
     * @throws IllegalArgumentException when it is not positive
     * @throws IpcException when it fails
     */
    public int receiveBufferSize(int size) throws IpcException {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size + " is not positive");
        }
        socket.receiveBufferSize(size);
        return receiveBufferSize();
    }

    /**
     * Ends receiving, for all processes that have this socket: what comes from now on is refused,
     * and the peer's sends fail. What came before can be read; then there is the end.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public void shutdownInput() throws IpcException {
        socket.shutdownInput();
    }

    /**
     * Ends sending, for all processes that have this socket: the peer reads what was sent, and then
     * the end. A send throws {@link io.chagres.PeerGoneException} from now on.
     *
     * @throws IpcException {@code ENOTCONN} when there is no peer
     * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
     */
    public void shutdownOutput() throws IpcException {
        socket.shutdownOutput();
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return socket.borrow();
    }

    /**
     * Gives the descriptor to the caller, who must close it. This handle is closed, and a path that
     * it is bound to stays.
     *
     * @return the descriptor, close-on-exec
     * @throws ClosedException when the handle is closed
     * @throws IllegalStateException when other calls are using it; nothing has changed
     * @throws IpcException when it fails
     */
    public int detach() throws IpcException {
        return socket.detach();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /**
     * Closes the socket, and removes the path that it is bound to, if it still is this socket's.
     * Idempotent; wakes the calls that wait, which throw {@link ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        socket.close();
    }

    /** What it is and whom it talks to. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + socket.name() + "]";
    }
}
