// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Sockets;
import io.chagres.posix.Unistd;
import io.chagres.socket.SocketPair;
import io.chagres.socket.UnixSocketChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A pair of stream sockets opened and closed. */
@State(Scope.Thread)
public class UnixStreamLife {

    private final MemorySegment fds = Arena.global().allocate(ValueLayout.JAVA_INT, 2);

    @Benchmark
    public void facade() throws IpcException {
        SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
        pair.first().close();
        pair.second().close();
    }

    @Benchmark
    public void callLayer() {
        int type = Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC;
        Results.check(Sockets.socketpair(Sockets.AF_UNIX, type, 0, fds));
        Results.check(Unistd.close(fds.getAtIndex(ValueLayout.JAVA_INT, 0)));
        Results.check(Unistd.close(fds.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
}
