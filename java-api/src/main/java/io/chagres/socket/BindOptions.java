// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Access;
import java.util.Objects;

/**
 * How a socket gets its address. Immutable; each method returns a changed copy.
 *
 * @param access who may connect or send to a path
 * @param backlog connections that may wait to be accepted, of a server
 * @param replaceStale whether the path of a socket that nobody has any more is taken over
 * @param unlinkOnClose whether a path is removed when the socket is closed
 * @param unlinkOnExit whether a path is removed when the JVM ends
 * @param receiveCredentials whether who sends comes with messages from the first one on
 */
public record BindOptions(
        Access access,
        int backlog,
        boolean replaceStale,
        boolean unlinkOnClose,
        boolean unlinkOnExit,
        boolean receiveCredentials) {

    /** What the kernel has by default as the most. */
    private static final int BACKLOG = 4096;

    private static final BindOptions DEFAULTS =
            new BindOptions(Access.ownerOnly(), BACKLOG, true, true, false, false);

    /** Checks the values. */
    public BindOptions {
        Objects.requireNonNull(access, "access");
        if (backlog < 0) {
            throw new IllegalArgumentException("backlog " + backlog + " is negative");
        }
    }

    /**
     * {@return for the owner only, with a backlog of 4096 or what the system allows, in the place
     * of a dead server, and removed on close}
     */
    public static BindOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets who may connect or send to a path: who may write to its file. It is never accessible to
     * more, at no instant and with no umask. An abstract name has no permissions.
     *
     * @param access who may connect
     * @return the changed copy
     */
    public BindOptions withAccess(Access access) {
        return new BindOptions(
                access, backlog, replaceStale, unlinkOnClose, unlinkOnExit, receiveCredentials);
    }

    /**
     * Sets how many connections may wait to be accepted; a client that comes then waits too. The
     * system cuts it to {@code net.core.somaxconn}.
     *
     * @param backlog connections; 0 leaves room for one
     * @return the changed copy
     */
    public BindOptions withBacklog(int backlog) {
        return new BindOptions(
                access, backlog, replaceStale, unlinkOnClose, unlinkOnExit, receiveCredentials);
    }

    /**
     * Sets whether the path of a socket that no process has open any more is taken over. That of a
     * socket that lives never is, nor is a file of another kind. While it is replaced there is a
     * file of the same path with {@code .lock} after it, which is locked, so that of several
     * processes exactly one wins. It is removed then, but for one that is there and has content. A
     * process that is killed amid that leaves it; it is in nobody's way. Programs that remove paths
     * themselves without this lock can remove ours, and at worst, in the instant between the last
     * look and the removal, have theirs removed.
     *
     * @param replaceStale whether to take it over; by default yes
     * @return the changed copy
     */
    public BindOptions withReplaceStale(boolean replaceStale) {
        return new BindOptions(
                access, backlog, replaceStale, unlinkOnClose, unlinkOnExit, receiveCredentials);
    }

    /**
     * Sets whether the path is removed when the socket is closed, if it still is this socket's.
     *
     * @param unlinkOnClose whether to remove it; by default yes
     * @return the changed copy
     */
    public BindOptions withUnlinkOnClose(boolean unlinkOnClose) {
        return new BindOptions(
                access, backlog, replaceStale, unlinkOnClose, unlinkOnExit, receiveCredentials);
    }

    /**
     * Sets whether the path is also removed when the JVM ends in an orderly way, not by {@code kill
     * -9}, with the socket still open.
     *
     * @param unlinkOnExit whether to remove it; not by default
     * @return the changed copy
     */
    public BindOptions withUnlinkOnExit(boolean unlinkOnExit) {
        return new BindOptions(
                access, backlog, replaceStale, unlinkOnClose, unlinkOnExit, receiveCredentials);
    }

    /**
     * Sets whether who sends comes with each message, as {@link UnixChannel#receiveCredentials}
     * does later; but from the first one on, since nobody can send to an address before it is
     * bound. Of a server it is for its connections.
     *
     * @param receiveCredentials whether credentials are to come; not by default
     * @return the changed copy
     */
    public BindOptions withReceiveCredentials(boolean receiveCredentials) {
        return new BindOptions(
                access, backlog, replaceStale, unlinkOnClose, unlinkOnExit, receiveCredentials);
    }
}
