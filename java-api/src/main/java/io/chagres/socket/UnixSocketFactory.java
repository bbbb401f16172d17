// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes {@link UnixSocket}s that all connect to one address, for code that takes a {@link
 * SocketFactory}. Host names and ports, also those that a socket is told later, are passed over.
 * Immutable and thread-safe.
 */
public final class UnixSocketFactory extends SocketFactory {

    private final UnixAddress address;

    private UnixSocketFactory(UnixAddress address) {
        this.address = address;
    }

    /**
     * {@return a factory of sockets that connect to an address}
     *
     * @param address the server's
     */
    public static UnixSocketFactory to(UnixAddress address) {
        return new UnixSocketFactory(address);
    }

    /** {@return a socket that is not connected yet} */
    @Override
    public Socket createSocket() throws IOException {
        return UnixSocket.to(address);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return UnixSocket.connectTo(address);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
            throws IOException {
        return UnixSocket.connectTo(address);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return UnixSocket.connectTo(address);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return UnixSocket.connectTo(address);
    }
}
