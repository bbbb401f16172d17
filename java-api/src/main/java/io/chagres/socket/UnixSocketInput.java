// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Ipc;
import io.chagres.IpcException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/** What a {@link UnixSocket} receives. */
final class UnixSocketInput extends InputStream {

    private final UnixSocket socket;

    UnixSocketInput(UnixSocket socket) {
        this.socket = socket;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        UnixSocketChannel channel = socket.channel();
        if (socket.isInputShutdown()) {
            return -1;
        }
        int timeout = socket.getSoTimeout();
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        try {
            if (timeout == 0) {
                return channel.read(buffer);
            }
            int count = channel.read(buffer, Duration.ofMillis(timeout));
            if (count == Ipc.TIMED_OUT) {
                throw new SocketTimeoutException("Read timed out");
            }
            return count;
        } catch (InterruptedException e) {
            throw SocketExceptions.interrupted(e);
        } catch (IpcException e) {
            throw SocketExceptions.of(e);
        }
    }

    @Override
    public int available() throws IOException {
        UnixSocketChannel channel = socket.channel();
        try {
            return socket.isInputShutdown() ? 0 : channel.available();
        } catch (IpcException e) {
            throw SocketExceptions.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
