// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.IpcException;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Set;

/** The JDK's socket options that Unix domain sockets have. */
final class UnixSocketOptions {

    static final Set<SocketOption<?>> SUPPORTED =
            Set.of(StandardSocketOptions.SO_SNDBUF, StandardSocketOptions.SO_RCVBUF);

    private UnixSocketOptions() {}

    static <T> void set(UnixSocketChannel channel, SocketOption<T> name, T value)
            throws SocketException {
        require(name);
        int size = (Integer) value;
        try {
            if (name.equals(StandardSocketOptions.SO_SNDBUF)) {
                channel.sendBufferSize(size);
            } else {
                channel.receiveBufferSize(size);
            }
        } catch (IpcException e) {
            throw exception(e);
        }
    }

    static <T> T get(UnixSocketChannel channel, SocketOption<T> name) throws SocketException {
        require(name);
        try {
            return name.type()
                    .cast(
                            name.equals(StandardSocketOptions.SO_SNDBUF)
                                    ? channel.sendBufferSize()
                                    : channel.receiveBufferSize());
        } catch (IpcException e) {
            throw exception(e);
        }
    }

    private static SocketException exception(IpcException e) {
        SocketException exception = new SocketException(e.getMessage());
        exception.initCause(e);
        return exception;
    }

    private static void require(SocketOption<?> name) {
        if (!SUPPORTED.contains(name)) {
            throw new UnsupportedOperationException(name + " of a Unix domain socket");
        }
    }
}
