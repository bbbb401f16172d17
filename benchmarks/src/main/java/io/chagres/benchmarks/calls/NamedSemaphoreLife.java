// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Semaphores;
import io.chagres.sync.NamedSemaphore;
import org.openjdk.jmh.annotations.Benchmark;

/** A semaphore created and gone. */
public class NamedSemaphoreLife extends NamedLife {

    @Benchmark
    public void facade() throws IpcException {
        try (NamedSemaphore semaphore = NamedSemaphore.create(name, 0)) {
            NamedSemaphore.unlink(semaphore.name());
        }
    }

    @Benchmark
    public void callLayer() {
        int flags = Fcntl.O_CREAT | Fcntl.O_EXCL;
        long address = Results.check(Semaphores.sem_open(cName, flags, 0600, 0));
        Results.check(Semaphores.sem_unlink(cName));
        Results.check(Semaphores.sem_close(address));
    }
}
