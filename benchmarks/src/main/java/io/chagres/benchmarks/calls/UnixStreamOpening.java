// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.posix.Sockets;
import io.chagres.posix.Unistd;
import io.chagres.socket.BindOptions;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixServerChannel;
import io.chagres.socket.UnixSocketChannel;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A connection to a server made, accepted and closed at both ends. */
@State(Scope.Thread)
public class UnixStreamOpening {

    private final Path path = CallNames.nextPath();
    private final UnixAddress address = UnixAddress.of(path);
    private final SocketPath cAddress = new SocketPath(path);

    @SuppressWarnings("NullAway.Init") // by listen
    private UnixServerChannel server;

    @SuppressWarnings("NullAway.Init")
    private BorrowedDescriptor descriptor;

    private int listener;

    @Setup
    public void listen() throws IpcException {
        server = UnixServerChannel.bind(address, BindOptions.defaults().withUnlinkOnExit(true));
        descriptor = server.borrow();
        listener = descriptor.fd();
    }

    @TearDown
    public void close() throws IpcException {
        descriptor.close();
        server.close();
    }

    @Benchmark
    public void facade() throws IpcException, InterruptedException {
        try (UnixSocketChannel client = UnixSocketChannel.connect(address);
                UnixSocketChannel accepted = server.accept()) {
            Results.check(accepted.isOpen() && client.isOpen() ? 0 : -1);
        }
    }

    @Benchmark
    public void callLayer() {
        int type = Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC;
        MemorySegment unnamed = MemorySegment.NULL;
        int client = Results.check(Sockets.socket(Sockets.AF_UNIX, type, 0));
        cAddress.connect(client);
        int accepted = Sockets.accept4(listener, unnamed, unnamed, Sockets.SOCK_CLOEXEC);
        Results.check(Unistd.close(Results.check(accepted)));
        Results.check(Unistd.close(client));
    }
}
