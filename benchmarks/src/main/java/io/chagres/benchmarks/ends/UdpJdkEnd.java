// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Datagrams over the loopback interface. What a receiver has no room for is lost, so whoever sends
 * many awaits an acknowledgement of every few, which a receiver's default buffer has room for.
 */
final class UdpJdkEnd extends End {

    private static final int MOST_UNANSWERED = 16;
    private static final int MOST_BYTES = 65536;
    private static final int ACKNOWLEDGEMENT = 8;

    private final ByteBuffer out = message.asByteBuffer();
    private final ByteBuffer in = answer.asByteBuffer();
    private final ByteBuffer acknowledgement = message.asSlice(0, ACKNOWLEDGEMENT).asByteBuffer();
    private final int window = Math.max(1, Math.min(MOST_UNANSWERED, MOST_BYTES / size));
    private long streamed;

    @SuppressWarnings("NullAway.Init") // by create or join
    private DatagramChannel channel;

    UdpJdkEnd(Role role) {
        super(role);
    }

    @Override
    void create() throws IOException {
        channel = DatagramChannel.open(StandardProtocolFamily.INET).bind(Loopback.port(0));
    }

    @Override
    String peerName() throws IOException {
        return Loopback.tell(channel);
    }

    /** A datagram of the echo tells its port, before the driver is told to join. */
    @Override
    void join() throws IOException {
        if (role.driver()) {
            SocketAddress echo = channel.receive(ByteBuffer.allocate(1));
            channel.connect(echo);
        } else {
            channel = DatagramChannel.open(StandardProtocolFamily.INET);
            channel.connect(Loopback.of(role));
            channel.write(ByteBuffer.allocate(1));
        }
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    void send() throws IOException {
        out.clear();
        channel.write(out);
    }

    @Override
    void receive() throws IOException {
        in.clear();
        channel.read(in);
    }

    @Override
    void sendNext() throws IOException {
        send();
        if (++streamed % window == 0) {
            receive();
        }
    }

    @Override
    void receiveNext() throws IOException {
        receive();
        if (++streamed % window == 0) {
            acknowledgement.clear();
            channel.write(acknowledgement);
        }
    }
}
