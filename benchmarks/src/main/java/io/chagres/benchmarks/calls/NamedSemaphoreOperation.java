// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Semaphores;
import io.chagres.sync.NamedSemaphore;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A permit released and acquired, for which nobody waits. */
@State(Scope.Thread)
public class NamedSemaphoreOperation {

    @SuppressWarnings("NullAway.Init") // by open
    private NamedSemaphore semaphore;

    private long address;

    @Setup
    public void open() throws IpcException {
        String name = CallNames.next();
        semaphore = NamedSemaphore.create(name, 0);
        try (Arena arena = Arena.ofConfined()) {
            address = Results.check(Semaphores.sem_open(arena.allocateFrom(name), 0, 0, 0));
        } finally {
            NamedSemaphore.unlink(name);
        }
    }

    @TearDown
    public void close() throws IpcException {
        semaphore.close();
        Semaphores.sem_close(address);
    }

    @Benchmark
    public void facade() throws IpcException, InterruptedException {
        semaphore.release();
        semaphore.acquire();
    }

    /** With sem_trywait, as the call layer's sem_wait may block and so costs more to call. */
    @Benchmark
    public void callLayer() {
        Results.check(Semaphores.sem_post(address));
        Results.check(Semaphores.sem_trywait(address));
    }
}
