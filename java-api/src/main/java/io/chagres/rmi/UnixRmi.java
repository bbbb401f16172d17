// SPDX-License-Identifier: Apache-2.0
package io.chagres.rmi;

import io.chagres.Access;
import io.chagres.socket.BindOptions;
import java.nio.file.Path;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.Objects;

/**
 * Remote method invocation over a Unix domain socket: a registry and exported objects of this
 * process that listen on one path, and on no TCP port. The path's permissions say who may call. A
 * client that passes objects of its own for the server to call exports those on a path of its own.
 * Immutable and thread-safe.
 *
 * <p>The registry takes names from its own process only. Another one gets a {@link
 * java.rmi.ServerException}, whose cause is a {@link java.rmi.AccessException}, for {@code bind},
 * {@code rebind} and {@code unbind}: to find out that it is on this machine RMI would open a TCP
 * port for a moment.
 *
 * <p>RMI gives each stub the address of the machine, which it asks the resolver for at its start;
 * nobody uses it here. Where that takes long, start Java with {@code
 * -Djava.rmi.server.hostname=localhost}.
 */
public final class UnixRmi {

    /**
     * A number that RMI wants and the factories pass over. With one that is not 0, RMI stops to
     * listen when the last object of a path is not exported any more.
     */
    public static final int PORT = Registry.REGISTRY_PORT;

    private final UnixRmiClientSocketFactory client;
    private final UnixRmiServerSocketFactory server;

    private UnixRmi(Path path, BindOptions options) {
        client = new UnixRmiClientSocketFactory(path);
        server = new UnixRmiServerSocketFactory(path, options);
    }

    /**
     * {@return what listens on a path, for the owner only} Nothing is opened yet.
     *
     * @param path of the socket
     * @throws IllegalArgumentException when it is longer than a socket's path can be, or no path of
     *     the operating system
     */
    public static UnixRmi at(Path path) {
        return at(path, Access.ownerOnly());
    }

    /**
     * {@return what listens on a path} Nothing is opened yet. The path is removed when the last
     * object is not exported any more, and at an orderly end of the JVM.
     *
     * @param path of the socket
     * @param access who may call
     * @throws IllegalArgumentException as {@link #at(Path)} does
     */
    public static UnixRmi at(Path path, Access access) {
        BindOptions options = BindOptions.defaults().withAccess(access).withUnlinkOnExit(true);
        return new UnixRmi(path, options);
    }

    /**
     * Makes a registry. The JVM does not end before it is unexported.
     *
     * @return the registry
     * @throws java.rmi.server.ExportException when the path cannot be listened on; its cause tells
     *     why
     * @throws RemoteException when it fails for another reason
     */
    public Registry createRegistry() throws RemoteException {
        return LocateRegistry.createRegistry(PORT, client, server);
    }

    /**
     * Exports an object. The JVM does not end before it is unexported.
     *
     * @param object which is called
     * @return its stub, for clients
     * @throws java.rmi.server.ExportException when it is exported already, or the path cannot be
     *     listened on; its cause tells why
     * @throws RemoteException when it fails for another reason
     */
    public Remote export(Remote object) throws RemoteException {
        return UnicastRemoteObject.exportObject(object, PORT, client, server);
    }

    /**
     * Finds the registry of another process. Nothing is opened yet: that nobody listens there is
     * seen at the first call.
     *
     * @param path of the socket
     * @return its stub
     * @throws RemoteException when it fails
     */
    public static Registry registry(Path path) throws RemoteException {
        return LocateRegistry.getRegistry("localhost", PORT, new UnixRmiClientSocketFactory(path));
    }

    /** {@return the factory to connect with} */
    public UnixRmiClientSocketFactory clientSocketFactory() {
        return client;
    }

    /** {@return the factory to listen with} */
    public UnixRmiServerSocketFactory serverSocketFactory() {
        return server;
    }

    /** Whether both listen on the same path with the same access. */
    @Override
    public boolean equals(Object other) {
        return other instanceof UnixRmi r && r.client.equals(client) && r.server.equals(server);
    }

    @Override
    public int hashCode() {
        return Objects.hash(client, server);
    }

    /** With its path. */
    @Override
    public String toString() {
        return "UnixRmi[" + client + "]";
    }
}
