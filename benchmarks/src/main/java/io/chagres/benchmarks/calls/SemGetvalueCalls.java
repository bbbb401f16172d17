// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.posix.Semaphores;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A function without a system call, by the call layer and by a handle of the same options: what the
 * call layer itself adds is where it keeps errno.
 */
@State(Scope.Thread)
public class SemGetvalueCalls {

    private static final MethodHandle CRITICAL_ERRNO = link();

    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private final MemorySegment memory =
            Arena.global().allocate(Semaphores.SIZE + Long.BYTES, Long.BYTES);
    private final long semaphore = memory.address();
    private final long value = semaphore + Semaphores.SIZE;

    @SuppressWarnings("restricted") // it is what is measured
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("sem_getvalue").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                Linker.Option.captureCallState("errno"),
                Linker.Option.critical(false));
    }

    @Setup
    public void initialise() {
        Results.check(Semaphores.sem_init(semaphore, 1, 1));
    }

    @Benchmark
    public int criticalErrno() throws Throwable {
        return (int) CRITICAL_ERRNO.invokeExact(state, semaphore, value);
    }

    @Benchmark
    public int callLayer() {
        return Semaphores.sem_getvalue(semaphore, value);
    }
}
