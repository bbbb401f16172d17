// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.socket.SocketPair;
import io.chagres.socket.UnixSeqPacketChannel;

/** Sockets of sequenced packets. */
public class UnixSeqPacketOperation extends UnixMessageOperation {

    @Override
    SocketPair<UnixSeqPacketChannel> pair() throws IpcException {
        return UnixSeqPacketChannel.pair();
    }
}
