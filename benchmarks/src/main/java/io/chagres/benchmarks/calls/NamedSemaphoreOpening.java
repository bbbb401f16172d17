// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Semaphores;
import io.chagres.sync.NamedSemaphore;
import io.chagres.sync.SemaphoreOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A semaphore that exists opened and closed. */
@State(Scope.Thread)
public class NamedSemaphoreOpening {

    private final String name = CallNames.next();
    private final MemorySegment cName = Arena.global().allocateFrom(name);

    @Setup
    public void create() throws IpcException {
        NamedSemaphore.create(name, SemaphoreOptions.ofPermits(0).withUnlinkOnExit(true)).close();
    }

    @TearDown
    public void unlink() throws IpcException {
        NamedSemaphore.unlink(name);
    }

    @Benchmark
    public void facade() throws IpcException {
        NamedSemaphore.open(name).close();
    }

    @Benchmark
    public void callLayer() {
        long address = Results.check(Semaphores.sem_open(cName, 0, 0, 0));
        Results.check(Semaphores.sem_close(address));
    }
}
