// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.TimedOutException;
import io.chagres.event.Pollable;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.internal.posix.PosixListener;
import io.chagres.internal.posix.PosixSocket;
import io.chagres.internal.posix.VsockSockets;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server of {@link VsockChannel}s. There are no permissions: every machine that has a way to this
 * one may connect, and the host always has; the server sees which by {@link
 * VsockChannel#remoteAddress}.
 *
 * <p>Thread-safe; of several threads that accept, each connection goes to one. Closing ends those
 * that wait with {@link ClosedException}, an interrupt one with {@link InterruptedException}; no
 * connection is lost by that.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/vsock.7.html">vsock(7)</a>
 */
public final class VsockServerChannel implements Pollable, Channel {

    private static final int BACKLOG = 4096;

    private final PosixListener listener;

    VsockServerChannel(PosixListener listener) {
        this.listener = listener;
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

    /**
     * Takes a connection, waiting until there is one.
     *
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws io.chagres.LimitExceededException when this process can open no more descriptors; the
     *     connection stays in the backlog
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>
     */
    public VsockChannel accept() throws IpcException, InterruptedException {
        return accepted(listener.accept(Deadline.NEVER));
    }

    /**
     * Takes a connection, waiting until there is one, but not longer than a timeout.
     *
     * @param timeout how long to wait; zero or negative does not wait
     * @return the connection
     * @throws TimedOutException when none came
     * @throws InterruptedException when the thread is interrupted
     * @throws IpcException as {@link #accept()} does
     */
    public VsockChannel accept(Duration timeout) throws IpcException, InterruptedException {
        return accepted(listener.accept(Deadline.after(timeout)));
    }

    /**
     * Takes a connection that is there now. Does not block.
     *
     * @return the connection; empty when there is none
     * @throws IpcException as {@link #accept()} does
     */
    public Optional<VsockChannel> tryAccept() throws IpcException {
        try {
            return Optional.ofNullable(listener.accept(Deadline.NOW)).map(VsockChannel::new);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    private VsockChannel accepted(@Nullable PosixSocket socket) throws TimedOutException {
        if (socket == null) {
            throw new TimedOutException("accept", listener.name(), "nobody has connected");
        }
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

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return listener.borrow();
    }

    /**
     * Gives the descriptor to the caller, who must close it. This handle is closed.
     *
     * @return the descriptor, close-on-exec and non-blocking
     * @throws ClosedException when the handle is closed
     * @throws IllegalStateException when other calls are using it; nothing has changed
     * @throws IpcException when it fails
     */
    public int detach() throws IpcException {
        return listener.detach();
    }

    @Override
    public boolean isOpen() {
        return listener.isOpen();
    }

    /**
     * Closes the server. Connections that were taken live on; those in the backlog end. Idempotent;
     * wakes the calls that wait, which throw {@link ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        listener.close();
    }

    /** What it is and its address. */
    @Override
    public String toString() {
        return "VsockServerChannel[" + listener.name() + "]";
    }
}
