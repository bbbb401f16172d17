// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Borrowable;
import io.chagres.BorrowedDescriptor;
import io.chagres.internal.SocketNames;
import java.util.List;
import java.util.Optional;

/**
 * What goes with a message: where to, descriptors, and who sends. Immutable, so that one can be
 * made once and used for many messages; each method returns a changed copy.
 *
 * <p>The receiver gets descriptors of its own of what the sender's are open on: from then on both
 * have it open, and either may close its own. A handle must be open when the message is sent, and
 * may be closed afterwards.
 */
public final class Envelope {

    /** The most descriptors that a message can have. */
    public static final int MAX_DESCRIPTORS = 253;

    private static final Envelope EMPTY =
            new Envelope(Optional.empty(), List.of(), Optional.empty());

    private final Optional<UnixAddress> destination;
    private final List<Borrowable> descriptors;
    private final Optional<PeerCredentials> credentials;

    private Envelope(
            Optional<UnixAddress> destination,
            List<Borrowable> descriptors,
            Optional<PeerCredentials> credentials) {
        this.destination = destination;
        this.descriptors = descriptors;
        this.credentials = credentials;
    }

    /** {@return one with nothing in it} */
    public static Envelope empty() {
        return EMPTY;
    }

    /**
     * {@return one with a destination}
     *
     * @param destination of a datagram
     * @throws IllegalArgumentException when it is unnamed, such as the sender of a message that is
     *     not bound
     */
    public static Envelope to(UnixAddress destination) {
        return EMPTY.withDestination(destination);
    }

    /**
     * {@return one with descriptors}
     *
     * @param handles whose descriptors to send
     * @throws IllegalArgumentException when there are more than {@value #MAX_DESCRIPTORS}
     */
    public static Envelope of(Borrowable... handles) {
        return EMPTY.withDescriptors(handles);
    }

    /**
     * Sets where a datagram goes to; other sockets have one peer only, and refuse it.
     *
     * @param destination the address of a datagram socket
     * @return the changed copy
     * @throws IllegalArgumentException when it is unnamed
     */
    public Envelope withDestination(UnixAddress destination) {
        SocketNames.requireName(destination);
        return new Envelope(Optional.of(destination), descriptors, credentials);
    }

    /**
     * Sets the descriptors to send.
     *
     * @param handles whose descriptors to send; none sends none
     * @return the changed copy
     * @throws IllegalArgumentException when there are more than {@value #MAX_DESCRIPTORS}
     */
    public Envelope withDescriptors(Borrowable... handles) {
        return withDescriptors(List.of(handles));
    }

    /**
     * Sets the descriptors to send.
     *
     * @param handles whose descriptors to send; none sends none
     * @return the changed copy
     * @throws IllegalArgumentException when there are more than {@value #MAX_DESCRIPTORS}
     */
    public Envelope withDescriptors(List<? extends Borrowable> handles) {
        if (handles.size() > MAX_DESCRIPTORS) {
            throw new IllegalArgumentException(
                    "a message has at most "
                            + MAX_DESCRIPTORS
                            + " descriptors, and these are "
                            + handles.size());
        }
        return new Envelope(destination, List.copyOf(handles), credentials);
    }

    /**
     * Says who sends, to a receiver that asks for credentials. Without this the kernel fills in who
     * really sends. The kernel refuses what is not true, except to a privileged process.
     *
     * @param credentials of the sender
     * @return the changed copy
     */
    public Envelope withCredentials(PeerCredentials credentials) {
        return new Envelope(destination, descriptors, Optional.of(credentials));
    }

    /**
     * {@return a descriptor that no handle owns, to be sent} It must stay open until it is sent,
     * and stays the caller's.
     *
     * @param fd its number
     * @throws IllegalArgumentException when it is negative
     */
    public static Borrowable number(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("descriptor " + fd + " is negative");
        }
        return () ->
                new BorrowedDescriptor() {
                    @Override
                    public int fd() {
                        return fd;
                    }

                    @Override
                    public void close() {
                        // it stays the caller's
                    }
                };
    }

    /** {@return where to; empty for the peer} */
    public Optional<UnixAddress> destination() {
        return destination;
    }

    /** {@return whose descriptors} */
    public List<Borrowable> descriptors() {
        return descriptors;
    }

    /** {@return who sends; empty for what the kernel fills in} */
    public Optional<PeerCredentials> credentials() {
        return credentials;
    }
}
