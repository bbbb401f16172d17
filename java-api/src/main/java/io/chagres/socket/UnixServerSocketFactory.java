// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/**
 * Makes {@link UnixServerSocket}s at one address, one at a time, for code that takes a {@link
 * ServerSocketFactory}. Ports and addresses are passed over. Immutable and thread-safe.
 */
public final class UnixServerSocketFactory extends ServerSocketFactory {

    private final UnixAddress address;
    private final BindOptions options;

    private UnixServerSocketFactory(UnixAddress address, BindOptions options) {
        this.address = address;
        this.options = options;
    }

    /**
     * {@return a factory of servers at an address, for the owner only}
     *
     * @param address of the servers
     */
    public static UnixServerSocketFactory at(UnixAddress address) {
        return at(address, BindOptions.defaults());
    }

    /**
     * {@return a factory of servers at an address}
     *
     * @param address of the servers
     * @param options who may connect, and what becomes of the path
     */
    public static UnixServerSocketFactory at(UnixAddress address, BindOptions options) {
        return new UnixServerSocketFactory(address, options);
    }

    /** {@return a socket that is not bound yet} */
    @Override
    public ServerSocket createServerSocket() throws IOException {
        return UnixServerSocket.at(address, options);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return UnixServerSocket.bindTo(address, options);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return UnixServerSocket.bindTo(
                address, backlog > 0 ? options.withBacklog(backlog) : options);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress bindAddress)
            throws IOException {
        return createServerSocket(port, backlog);
    }
}
