// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.socket.Envelope;
import io.chagres.socket.PeerCredentials;
import io.chagres.socket.UnixMessageChannel;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A socket whose bytes are messages. */
final class UnixMessageLink implements UnixLink {

    private final UnixMessageChannel channel;

    /** Datagrams have no connection, and so each of them tells who sends it. */
    private final boolean connected;

    private final MessageInfo eachInfo = new MessageInfo();
    private @Nullable PeerCredentials peer;

    /**
     * @param connected whether it is a connection, of which the kernel knows the peer
     */
    UnixMessageLink(UnixMessageChannel channel, boolean connected) {
        this.channel = channel;
        this.connected = connected;
    }

    @Override
    public void expect(PeerCredentials expected) throws IOException {
        peer = expected;
        if (connected) {
            UnixPeer.requireConnected(channel.peerCredentials(), expected);
        }
        channel.receiveCredentials(true);
    }

    @Override
    public boolean send(MemorySegment bytes, Envelope envelope, Duration timeout)
            throws IOException, InterruptedException {
        return channel.trySend(bytes, envelope, timeout);
    }

    @Override
    public int receive(MemorySegment target, MessageInfo info, Duration timeout)
            throws IOException, InterruptedException {
        int length = inTime(channel.receive(target, info, timeout));
        if (length >= 0) {
            if (peer != null) {
                UnixPeer.requireSender(info, peer);
            }
            if (info.isTruncated()) {
                throw new WrongPayloadException(
                        "a message has "
                                + info.length()
                                + " bytes; there is room for "
                                + target.byteSize());
            }
        }
        return length;
    }

    @Override
    public void greeted() throws IOException {
        if (connected) {
            channel.receiveCredentials(false);
        }
    }

    @Override
    public boolean send(MemorySegment message, Duration timeout)
            throws IOException, InterruptedException {
        return channel.trySend(message, timeout);
    }

    @Override
    public int receive(MemorySegment buffer, Duration timeout)
            throws IOException, InterruptedException {
        return connected
                ? inTime(channel.receive(buffer, timeout))
                : receive(buffer, eachInfo, timeout);
    }

    private static int inTime(int result) throws EOFException {
        if (result == Ipc.EOF) {
            throw new EOFException("the peer has closed the connection");
        }
        return result == Ipc.WOULD_BLOCK ? Ipc.TIMED_OUT : result;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
