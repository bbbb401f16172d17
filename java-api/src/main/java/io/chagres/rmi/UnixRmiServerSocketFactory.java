// SPDX-License-Identifier: Apache-2.0
package io.chagres.rmi;

import io.chagres.socket.BindOptions;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixServerChannel;
import io.chagres.socket.UnixServerSocket;
import io.chagres.socket.UnixSocket;
import io.chagres.socket.UnixSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.rmi.server.RMIServerSocketFactory;

/**
 * Has exported objects listen on a Unix domain socket. Immutable and thread-safe.
 *
 * @see UnixRmi
 */
public final class UnixRmiServerSocketFactory implements RMIServerSocketFactory {

    private final UnixAddress address;
    private final BindOptions options;

    /**
     * Makes one that listens on a path.
     *
     * @param path of the socket
     * @param options who may connect, and what becomes of the path
     * @throws IllegalArgumentException when it is longer than a socket's path can be, or no path of
     *     the operating system
     */
    public UnixRmiServerSocketFactory(Path path, BindOptions options) {
        this.address = UnixAddress.of(path.toAbsolutePath());
        this.options = options;
    }

    /**
     * Listens. RMI does so once for all objects that are exported with equal factories and the same
     * port.
     *
     * @param port is passed over
     * @return the server
     * @throws BindException when it fails
     * @throws IOException when it fails for another reason
     */
    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        try {
            return new Server(UnixServerChannel.bind(address, options));
        } catch (io.chagres.IpcException e) {
            BindException failure = new BindException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    /** Whether both listen on the same path with the same options. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UnixRmiServerSocketFactory f
                && f.address.equals(address)
                && f.options.equals(options);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /** With its path. */
    @Override
    public String toString() {
        return "UnixRmiServerSocketFactory[" + address + "]";
    }

    private static final class Server extends UnixServerSocket {

        Server(UnixServerChannel channel) {
            super(channel);
        }

        @Override
        protected UnixSocket socketOf(UnixSocketChannel connection) throws SocketException {
            return new Accepted(connection);
        }
    }

    /**
     * The registry finds out whether the client of a bind is on this machine by opening a TCP
     * server at the client's address. A client of unknown address is refused without that.
     */
    private static final class Accepted extends UnixSocket {

        Accepted(UnixSocketChannel channel) throws SocketException {
            super(channel);
        }

        @Override
        @SuppressWarnings("NullAway") // RMI knows a client without an address
        public InetAddress getInetAddress() {
            return null;
        }
    }
}
