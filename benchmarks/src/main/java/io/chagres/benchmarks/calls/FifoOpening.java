// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.pipe.Fifo;
import io.chagres.pipe.FifoOptions;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One end of a FIFO opened and closed, for which nobody has to come. */
@State(Scope.Thread)
public class FifoOpening {

    private final Path path = CallNames.nextPath();
    private final MemorySegment cPath = Arena.global().allocateFrom(path.toString());

    @SuppressWarnings("NullAway.Init") // by create
    private OpenFifo both;

    @Setup
    public void create() throws IpcException {
        Fifo.create(path, FifoOptions.defaults().withUnlinkOnExit(true));
        both = OpenFifo.of(path);
    }

    @TearDown
    public void unlink() throws IpcException {
        Fifo.unlink(path);
        both.close();
    }

    @Benchmark
    public void facade() throws IpcException, InterruptedException {
        Fifo.openSink(path).close();
    }

    @Benchmark
    public void callLayer() {
        int fd = Results.check(Fcntl.open(cPath, Fcntl.O_WRONLY | Fcntl.O_CLOEXEC, 0));
        Results.check(Unistd.close(fd));
    }
}
