// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.TimedOutException;
import io.chagres.internal.Deadline;
import io.chagres.internal.Impossible;
import io.chagres.internal.LocalBackend;
import io.chagres.internal.platform.Backends;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server on this machine, by means that every platform has: on Linux a Unix domain socket, a
 * stream or sequenced packets.
 *
 * <p>At no instant it is accessible to more than {@link LocalOptions} say. The name of a server
 * that has died is taken over, that of one that lives is not.
 *
 * <p>Thread-safe; of several threads that accept, each connection goes to one. A call that waits
 * blocks its platform thread; a virtual thread parks. Closing ends those that wait with {@link
 * ClosedException}, an interrupt one with {@link InterruptedException}; no connection is lost by
 * that.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public final class LocalServer implements AutoCloseable {

    private final LocalBackend.Listener listener;
    private final LocalMode mode;

    private LocalServer(LocalBackend.Listener listener, LocalMode mode) {
        this.listener = listener;
        this.mode = mode;
    }

    /**
     * Opens a server of streams, for the owner only.
     *
     * @param name its name
     * @return the server, which takes connections from now on
     * @throws IpcException as {@link #open(LocalName, LocalOptions)} does
     */
    public static LocalServer open(LocalName name) throws IpcException {
        return open(name, LocalOptions.defaults());
    }

    /**
     * Opens a server.
     *
     * @param name its name
     * @param options who may connect, and what connections transfer
     * @return the server, which takes connections from now on
     * @throws IllegalArgumentException when others than the owner are to have access to a short
     *     name, or the path is too long for the platform; nothing was done
     * @throws io.chagres.AlreadyExistsException when a server that lives, or something else, has
     *     the name
     * @throws io.chagres.AccessDeniedException when the directory cannot be written, or that of the
     *     short names is not the user's alone, see {@link LocalName}
     * @throws io.chagres.NotFoundException when the directory of a path is not there
     * @throws TimedOutException when another process has been taking the name over for ten seconds
     * @throws UnsupportedOperationException naming platform and mechanism, where there are none
     * @throws IpcException when it fails for another reason
     * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
     */
    public static LocalServer open(LocalName name, LocalOptions options) throws IpcException {
        return new LocalServer(Backends.local().listen(name, options), options.mode());
    }

    /**
     * Takes a connection, waiting until there is one.
     *
     * @return the connection
     * @throws InterruptedException when the thread is interrupted
     * @throws io.chagres.LimitExceededException when this process can open nothing more; the
     *     connection stays in the backlog, so close something before the next try
     * @throws IpcException when it fails
     * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>
     */
    public LocalChannel accept() throws IpcException, InterruptedException {
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
    public LocalChannel accept(Duration timeout) throws IpcException, InterruptedException {
        return accepted(listener.accept(Deadline.after(timeout)));
    }

    /**
     * Takes a connection that is there now. Does not block.
     *
     * @return the connection; empty when there is none
     * @throws IpcException as {@link #accept()} does
     */
    public Optional<LocalChannel> tryAccept() throws IpcException {
        try {
            return Optional.ofNullable(listener.accept(Deadline.NOW))
                    .map(connection -> new LocalChannel(connection, mode));
        } catch (InterruptedException e) {
            throw Impossible.interrupt(e);
        }
    }

    private LocalChannel accepted(LocalBackend.@Nullable Connection connection)
            throws TimedOutException {
        if (connection == null) {
            throw new TimedOutException("accept", listener.name(), "nobody has connected");
        }
        return new LocalChannel(connection, mode);
    }

    /** {@return what its connections transfer} */
    public LocalMode mode() {
        return mode;
    }

    /** {@return whether {@link #close} was not called yet} */
    public boolean isOpen() {
        return listener.isOpen();
    }

    /**
     * Closes the server and gives its name free. Connections that were taken live on; those in the
     * backlog end. Idempotent; wakes the calls that wait, which throw {@link ClosedException}.
     *
     * @throws IpcException when the system could not; it is closed all the same
     */
    @Override
    public void close() throws IpcException {
        listener.close();
    }

    /** Its name for the system, and its mode. */
    @Override
    public String toString() {
        return "LocalServer[" + listener.name() + ", " + mode + "]";
    }
}
