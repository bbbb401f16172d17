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
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket that takes connections. Thread-safe; of several threads that accept, each connection
 * goes to one. Closing ends those that wait with {@link ClosedException}, an interrupt one with
 * {@link InterruptedException}; no connection is lost by that.
 *
 * @param <C> what a connection is
 */
public abstract sealed class SocketServer<C> implements Pollable, Channel
        permits UnixServer, VsockServerChannel {

    private static final String ACCEPT = "accept";

    final PosixListener listener;

    SocketServer(PosixListener listener) {
        this.listener = listener;
    }

    abstract C connection(PosixSocket socket);

    /**
     * Takes a connection, waiting until there is one.
     *
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws io.chagres.LimitExceededException when this process can open no more descriptors; the
     *     connection stays in the backlog, so close something before the next try
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>
     */
    public C accept() throws IpcException, InterruptedException {
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
    public C accept(Duration timeout) throws IpcException, InterruptedException {
        return accepted(listener.accept(Deadline.after(timeout)));
    }

    /**
     * Takes a connection that is there now. Does not block.
     *
     * @return the connection; empty when there is none
     * @throws IpcException as {@link #accept()} does
     */
    public Optional<C> tryAccept() throws IpcException {
        try {
            return Optional.ofNullable(listener.accept(Deadline.NOW)).map(this::connection);
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    private C accepted(@Nullable PosixSocket socket) throws TimedOutException {
        if (socket == null) {
            throw new TimedOutException(ACCEPT, listener.name(), "nobody has connected");
        }
        return connection(socket);
    }

    @Override
    public BorrowedDescriptor borrow() throws IpcException {
        return listener.borrow();
    }

    /**
     * Gives the descriptor to the caller, who must close it. This handle is closed, and a path
     * stays.
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
     * Closes the server, and removes its path, if it has one that still is its own. Connections
     * that were taken live on; those in the backlog end. Idempotent; wakes the calls that wait,
     * which throw {@link ClosedException}.
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
        return getClass().getSimpleName() + "[" + listener.name() + "]";
    }
}
