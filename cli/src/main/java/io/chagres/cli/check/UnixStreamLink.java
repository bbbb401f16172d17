// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.socket.Envelope;
import io.chagres.socket.PeerCredentials;
import io.chagres.socket.UnixSocketChannel;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stream socket: messages after their length. */
final class UnixStreamLink implements UnixLink {

    private final UnixSocketChannel channel;
    private final StreamFraming framing;
    private @Nullable PeerCredentials peer;

    UnixStreamLink(UnixSocketChannel channel) {
        this.channel = channel;
        this.framing =
                new StreamFraming(
                        UnixCheck.MAX_MESSAGE,
                        (target, timeout) -> inTime(channel.read(target, timeout)),
                        (source, timeout) -> inTime(channel.write(source, timeout)));
    }

    private static int inTime(long result) {
        return result == Ipc.WOULD_BLOCK ? Ipc.TIMED_OUT : (int) result;
    }

    @Override
    public void expect(PeerCredentials expected) throws IOException {
        peer = expected;
        UnixPeer.requireConnected(channel.peerCredentials(), expected);
        channel.receiveCredentials(true);
    }

    @Override
    public boolean send(MemorySegment bytes, Envelope envelope, Duration timeout)
            throws IOException, InterruptedException {
        long count = channel.write(bytes, envelope, timeout);
        if (count >= 0 && count < bytes.byteSize()) {
            throw new IOException("the stream has taken " + count + " bytes of a greeting");
        }
        return count >= 0;
    }

    /** What is still missing follows at once: it was sent in one call. */
    @Override
    public int receive(MemorySegment target, MessageInfo info, Duration timeout)
            throws IOException, InterruptedException {
        long count = channel.read(target, info, timeout);
        if (count == Ipc.TIMED_OUT || count == Ipc.WOULD_BLOCK) {
            return Ipc.TIMED_OUT;
        }
        if (count >= 0) {
            if (peer != null) {
                UnixPeer.requireSender(info, peer);
            }
            count += Math.max(0, channel.readFully(target.asSlice(count), timeout));
        }
        if (count < target.byteSize()) {
            throw new EOFException("the stream has ended within a greeting");
        }
        return (int) count;
    }

    @Override
    public void greeted() throws IOException {
        channel.receiveCredentials(false);
    }

    @Override
    public boolean send(MemorySegment message, Duration timeout)
            throws IOException, InterruptedException {
        return framing.send(message, timeout);
    }

    @Override
    public int receive(MemorySegment buffer, Duration timeout)
            throws IOException, InterruptedException {
        return framing.receive(buffer, timeout);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
