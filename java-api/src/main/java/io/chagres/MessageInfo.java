// SPDX-License-Identifier: Apache-2.0
package io.chagres;

import io.chagres.internal.MessageDetails;
import io.chagres.socket.Envelope;
import io.chagres.socket.PassedDescriptor;
import io.chagres.socket.PeerCredentials;
import io.chagres.socket.UnixAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What comes with a received message. The caller makes one and hands it to each receive, which
 * overwrites it, so that nothing is allocated per message. Not thread-safe.
 *
 * <p>Descriptors come only to one that was made for them ({@link #forDescriptors}); what a peer
 * sends to others is closed by the kernel. They belong to this until they are taken: those of a
 * message that were not are closed by the next receive, and by {@link #closeDescriptors}.
 */
public final class MessageInfo {

    private final MessageDetails details;

    static {
        MessageDetails.publish(info -> info.details);
    }

    /** Makes one that holds nothing yet, and takes no descriptors. */
    public MessageInfo() {
        this(0);
    }

    private MessageInfo(int maxDescriptors) {
        details = new MessageDetails(maxDescriptors);
    }

    /**
     * {@return one that takes descriptors}
     *
     * @param max how many a message may have
     * @throws IllegalArgumentException when it is negative, or more than {@value
     *     Envelope#MAX_DESCRIPTORS}
     */
    public static MessageInfo forDescriptors(int max) {
        if (max < 0 || max > Envelope.MAX_DESCRIPTORS) {
            throw new IllegalArgumentException(
                    max + " descriptors are not 0 to " + Envelope.MAX_DESCRIPTORS);
        }
        return new MessageInfo(max);
    }

    /** {@return the priority the message was sent with; higher ones are received first} */
    public int priority() {
        return details.priority;
    }

    /** {@return bytes of the message as it was sent, which may be more than there was room for} */
    public long length() {
        return details.length;
    }

    /** {@return whether the message was longer than the buffer, so that its end is lost} */
    public boolean isTruncated() {
        return details.truncated;
    }

    /** {@return the address of who sent it; unnamed when that socket is not bound} */
    public UnixAddress sender() {
        return details.sender();
    }

    /** {@return who sent it, if the receiving socket asks for that} */
    public Optional<PeerCredentials> credentials() {
        return details.hasCredentials
                ? Optional.of(new PeerCredentials(details.pid, details.uid, details.gid))
                : Optional.empty();
    }

    /** {@return descriptors that came with the message and were not taken yet} */
    public int descriptorCount() {
        return details.descriptors.size();
    }

    /**
     * {@return whether the message had descriptors that were not received, because this takes fewer
     * or the process can open no more} They are closed.
     */
    public boolean areDescriptorsLost() {
        return details.descriptorsLost;
    }

    /**
     * Takes the first descriptor that was not taken yet.
     *
     * @return the descriptor, which the caller owns now
     * @throws NoSuchElementException when there is none
     */
    public PassedDescriptor takeDescriptor() {
        PassedDescriptor first = details.descriptors.poll();
        if (first == null) {
            throw new NoSuchElementException(
                    "no descriptor came with the message, or all are taken");
        }
        return first;
    }

    /**
     * Takes all descriptors that were not taken yet.
     *
     * @return the descriptors in their order, which the caller owns now
     */
    public List<PassedDescriptor> takeDescriptors() {
        List<PassedDescriptor> all = new ArrayList<>(details.descriptors);
        details.descriptors.clear();
        return all;
    }

    /** Closes the descriptors that were not taken. */
    public void closeDescriptors() {
        details.closeDescriptors();
    }
}
