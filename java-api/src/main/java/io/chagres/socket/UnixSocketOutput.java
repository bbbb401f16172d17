// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What a {@link UnixSocket} sends. */
final class UnixSocketOutput extends OutputStream {

    private final UnixSocket socket;

    UnixSocketOutput(UnixSocket socket) {
        this.socket = socket;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        UnixSocketChannel channel = socket.channel();
        try {
            int count = channel.write(ByteBuffer.wrap(source, offset, length));
            if (count < length) {
                InterruptedIOException part =
                        new InterruptedIOException(
                                "interrupted after " + count + " of " + length + " bytes");
                part.bytesTransferred = count;
                throw part;
            }
        } catch (IpcException e) {
            throw SocketExceptions.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
