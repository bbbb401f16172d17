// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Sockets;
import io.chagres.posix.Unistd;
import io.chagres.socket.UnixAddress;
import io.chagres.socket.UnixDatagramChannel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;

/** A datagram socket with a path created and gone. */
public class UnixDatagramLife extends NamedLife {

    private final Path path = CallNames.nextPath();
    private final UnixAddress address = UnixAddress.of(path);
    private final SocketPath cAddress = new SocketPath(path);
    private final MemorySegment cPath = Arena.global().allocateFrom(path.toString());

    @Benchmark
    public void facade() throws IpcException {
        UnixDatagramChannel.bind(address).close();
    }

    @Benchmark
    public void callLayer() {
        int type = Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC;
        int fd = Results.check(Sockets.socket(Sockets.AF_UNIX, type, 0));
        cAddress.bind(fd);
        Results.check(Unistd.unlink(cPath));
        Results.check(Unistd.close(fd));
    }
}
