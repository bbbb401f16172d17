// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A function that does next to nothing, so that the call is all there is. */
@State(Scope.Thread)
public class LabsCalls {

    private static final FunctionDescriptor TYPE =
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    private static final MethodHandle PLAIN = link();
    private static final MethodHandle CRITICAL = link(Linker.Option.critical(false));
    private static final MethodHandle ERRNO = link(Linker.Option.captureCallState("errno"));

    /** Of this thread, as nothing else would be correct. */
    private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

    private long value = -42; // not final, and so not known to the compiler

    @SuppressWarnings("restricted") // it is what is measured
    private static MethodHandle link(Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("labs").orElseThrow(), TYPE, options);
    }

    @Benchmark
    public long plain() throws Throwable {
        return (long) PLAIN.invokeExact(value);
    }

    @Benchmark
    public long critical() throws Throwable {
        return (long) CRITICAL.invokeExact(value);
    }

    @Benchmark
    public long errno() throws Throwable {
        return (long) ERRNO.invokeExact(state, value);
    }

    @Benchmark
    public long jni() {
        return JniCalls.labs(value);
    }
}
