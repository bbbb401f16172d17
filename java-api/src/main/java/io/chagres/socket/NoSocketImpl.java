// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;

/**
 * What the JDK's sockets are given instead of one of their own, which they would make otherwise. It
 * is never asked for anything but by a method that a later JDK may add.
 */
final class NoSocketImpl extends SocketImpl {

    private static SocketException unsupported() {
        return new SocketException("a Unix domain socket does not have this operation");
    }

    @Override
    protected void create(boolean stream) throws SocketException {
        throw unsupported();
    }

    @Override
    protected void connect(String host, int port) throws SocketException {
        throw unsupported();
    }

    @Override
    protected void connect(InetAddress address, int port) throws SocketException {
        throw unsupported();
    }

    @Override
    protected void connect(SocketAddress address, int timeout) throws SocketException {
        throw unsupported();
    }

    @Override
    protected void bind(InetAddress host, int port) throws SocketException {
        throw unsupported();
    }

    @Override
    protected void listen(int backlog) throws SocketException {
        throw unsupported();
    }

    @Override
    protected void accept(SocketImpl socket) throws SocketException {
        throw unsupported();
    }

    @Override
    protected InputStream getInputStream() throws SocketException {
        throw unsupported();
    }

    @Override
    protected OutputStream getOutputStream() throws SocketException {
        throw unsupported();
    }

    @Override
    protected int available() throws SocketException {
        throw unsupported();
    }

    @Override
    protected void close() throws SocketException {
        throw unsupported();
    }

    @Override
    protected void sendUrgentData(int data) throws SocketException {
        throw unsupported();
    }

    @Override
    public void setOption(int id, Object value) throws SocketException {
        throw unsupported();
    }

    @Override
    public Object getOption(int id) throws SocketException {
        throw unsupported();
    }
}
