// SPDX-License-Identifier: Apache-2.0
package io.chagres.rmi;

import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixSocket;
import java.io.IOException;
import java.io.Serializable;
import java.net.Socket;
import java.nio.file.Path;
import java.rmi.server.RMIClientSocketFactory;

/**
 * Connects RMI calls to a Unix domain socket. It is part of each stub whose object was exported
 * with it, so a client that gets such a stub connects to the same path; it needs this library. Host
 * names and ports of stubs are passed over. Immutable and thread-safe.
 *
 * @see UnixRmi
 */
public final class UnixRmiClientSocketFactory implements RMIClientSocketFactory, Serializable {

    private static final long serialVersionUID = 1L;

    /** Absolute. */
    private final String path;

    /**
     * Makes one that connects to a path.
     *
     * @param path where the exporting process listens
     * @throws IllegalArgumentException when it is longer than a socket's path can be, or no path of
     *     the operating system
     */
    public UnixRmiClientSocketFactory(Path path) {
        this.path = UnixAddress.of(path.toAbsolutePath()).toString();
    }

    /**
     * Connects, waiting while the server's backlog is full.
     *
     * @param host is passed over
     * @param port is passed over
     * @return the connection
     * @throws java.net.ConnectException when nobody listens there
     * @throws IOException when it fails for another reason
     */
    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return UnixSocket.connectTo(UnixAddress.of(path));
    }

    /** Whether both have the same path, which makes RMI use its connections for both. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UnixRmiClientSocketFactory f && f.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    /** With its path. */
    @Override
    public String toString() {
        return "UnixRmiClientSocketFactory[" + path + "]";
    }
}
