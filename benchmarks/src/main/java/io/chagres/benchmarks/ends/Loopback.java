// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;

/** Addresses of this machine for itself, in IP version 4 as the twins in C have them. */
final class Loopback {

    private static final byte[] ADDRESS = {127, 0, 0, 1};

    private Loopback() {}

    /** With port 0, one that the system chooses. */
    static SocketAddress port(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(ADDRESS), port);
    }

    /** What the driver has told the echo. */
    static SocketAddress of(Role role) throws IOException {
        return port(Integer.parseInt(role.names().there()));
    }

    /** What the driver tells. */
    static String tell(NetworkChannel channel) throws IOException {
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        return new Names(String.valueOf(address.getPort()), "-").toString();
    }
}
