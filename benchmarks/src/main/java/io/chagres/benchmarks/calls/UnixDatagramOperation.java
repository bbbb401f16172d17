// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.socket.SocketPair;
import io.chagres.socket.UnixDatagramChannel;

/** Datagram sockets. */
public class UnixDatagramOperation extends UnixMessageOperation {

    @Override
    SocketPair<UnixDatagramChannel> pair() throws IpcException {
        return UnixDatagramChannel.pair();
    }
}
