// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Two streams of bytes over blocking channels of java.nio, or one that goes both ways. */
abstract class ChannelEnd extends End {

    /** Not of the heap, or each call would copy them. */
    private final ByteBuffer out = message.asByteBuffer();

    private final ByteBuffer in = answer.asByteBuffer();

    @SuppressWarnings("NullAway.Init") // by use
    private WritableByteChannel to;

    @SuppressWarnings("NullAway.Init")
    private ReadableByteChannel from;

    ChannelEnd(Role role) {
        super(role);
    }

    /** Uses these from now on. */
    final void use(WritableByteChannel to, ReadableByteChannel from) {
        this.to = to;
        this.from = from;
    }

    @Override
    final void send() throws IOException {
        out.clear();
        while (out.hasRemaining()) {
            to.write(out);
        }
    }

    @Override
    final void receive() throws IOException {
        in.clear();
        while (in.hasRemaining()) {
            if (from.read(in) < 0) {
                throw new EOFException("the other end is gone");
            }
        }
    }
}
