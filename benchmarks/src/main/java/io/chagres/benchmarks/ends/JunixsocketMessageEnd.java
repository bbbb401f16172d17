// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A socket of messages that the system keeps apart, as junixsocket has it. */
abstract class JunixsocketMessageEnd extends End {

    /** Not of the heap, or each call would copy them. */
    private final ByteBuffer out = message.asByteBuffer();

    private final ByteBuffer in = answer.asByteBuffer();

    @SuppressWarnings("NullAway.Init") // by use
    private DatagramChannel channel;

    JunixsocketMessageEnd(Role role) {
        super(role);
    }

    /** Uses this one from now on. */
    final void use(DatagramChannel channel) {
        this.channel = channel;
    }

    @Override
    final void send() throws IOException {
        out.clear();
        if (channel.write(out) != size) {
            throw new EOFException("a part was sent only");
        }
    }

    @Override
    final void receive() throws IOException {
        in.clear();
        if (channel.read(in) != size) {
            throw new EOFException("the other end is gone");
        }
    }
}
