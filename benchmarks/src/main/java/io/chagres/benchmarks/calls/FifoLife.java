// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.pipe.Fifo;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Stat;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;

/** A FIFO created and gone; a thread alone cannot open it. */
public class FifoLife extends NamedLife {

    private final Path path = CallNames.nextPath();
    private final MemorySegment cPath = Arena.global().allocateFrom(path.toString());

    @Benchmark
    public void facade() throws IpcException {
        Fifo.create(path);
        Fifo.unlink(path);
    }

    @Benchmark
    public void callLayer() {
        Results.check(Stat.mkfifoat(Fcntl.AT_FDCWD, cPath, 0600));
        Results.check(Unistd.unlink(cPath));
    }
}
