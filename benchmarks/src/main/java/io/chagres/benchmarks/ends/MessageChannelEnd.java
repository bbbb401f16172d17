// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.socket.UnixMessageChannel;
import java.io.EOFException;
import java.io.IOException;

/** A socket of messages that the system keeps apart. */
abstract class MessageChannelEnd extends End {

    @SuppressWarnings("NullAway.Init") // by use
    private UnixMessageChannel channel;

    MessageChannelEnd(Role role) {
        super(role);
    }

    /** Uses this one from now on. */
    final void use(UnixMessageChannel channel) {
        this.channel = channel;
    }

    @Override
    final void send() throws IOException, InterruptedException {
        channel.send(message);
    }

    @Override
    final void receive() throws IOException, InterruptedException {
        if (channel.receive(answer) != size) {
            throw new EOFException("the other end is gone");
        }
    }
}
