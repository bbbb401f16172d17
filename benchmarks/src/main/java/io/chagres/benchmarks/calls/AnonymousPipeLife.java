// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An anonymous pipe opened and closed. */
@State(Scope.Thread)
public class AnonymousPipeLife {

    private final MemorySegment fds = Arena.global().allocate(ValueLayout.JAVA_INT, 2);

    @Benchmark
    public void facade() throws IpcException {
        AnonymousPipe.open().close();
    }

    @Benchmark
    public void callLayer() {
        Results.check(Unistd.pipe2(fds, Fcntl.O_CLOEXEC));
        Results.check(Unistd.close(fds.getAtIndex(ValueLayout.JAVA_INT, 0)));
        Results.check(Unistd.close(fds.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
}
