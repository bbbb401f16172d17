// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.socket.PassedDescriptor;
import io.chagres.socket.UnixAddress;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a {@link MessageInfo} holds, for the mechanisms to set. Not thread-safe. */
public final class MessageDetails {

    private static @Nullable Function<MessageInfo, MessageDetails> accessor;

    private final int maxDescriptors;

    public int priority;
    public long length;
    public boolean truncated;
    public boolean descriptorsLost;
    public boolean hasCredentials;
    public long pid;
    public long uid;
    public long gid;
    public final Deque<PassedDescriptor> descriptors = new ArrayDeque<>();

    /** The path, or a NUL and an abstract name. */
    private final byte[] sender = new byte[UnixAddress.MAX_PATH];

    private int senderLength;

    /**
     * @param maxDescriptors that it takes
     */
    public MessageDetails(int maxDescriptors) {
        this.maxDescriptors = maxDescriptors;
    }

    /** By {@link MessageInfo}, before there is one. */
    public static void publish(Function<MessageInfo, MessageDetails> ofInfo) {
        accessor = ofInfo;
    }

    /** Those of an info. */
    public static MessageDetails of(MessageInfo info) {
        Function<MessageInfo, MessageDetails> present = accessor;
        if (present == null) {
            throw new IllegalStateException("there is no info yet");
        }
        return present.apply(info);
    }

    /** Those of an info, emptied for a message that has been received. */
    public static MessageDetails cleared(MessageInfo info) {
        MessageDetails details = of(info);
        details.clear();
        return details;
    }

    public int maxDescriptors() {
        return maxDescriptors;
    }

    /** Who sent it, as bytes of {@code sun_path}. */
    public void sender(MemorySegment path, int pathLength) {
        senderLength = Math.min(pathLength, sender.length);
        MemorySegment.copy(path, ValueLayout.JAVA_BYTE, 0, sender, 0, senderLength);
    }

    /** Who sent it. */
    public UnixAddress sender() {
        return SocketNames.decode(Arrays.copyOf(sender, senderLength));
    }

    /** Whether the message had some, received or not. */
    public boolean hasDescriptors() {
        return descriptorsLost || !descriptors.isEmpty();
    }

    /** Closes the descriptors that were not taken. */
    public void closeDescriptors() {
        PassedDescriptor next = descriptors.poll();
        while (next != null) {
            try {
                next.close();
            } catch (IpcException e) { // it is closed all the same
                System.getLogger("io.chagres").log(Level.DEBUG, "a descriptor that came", e);
            }
            next = descriptors.poll();
        }
    }

    private void clear() {
        closeDescriptors();
        priority = 0;
        length = 0;
        truncated = false;
        descriptorsLost = false;
        hasCredentials = false;
        senderLength = 0;
    }
}
