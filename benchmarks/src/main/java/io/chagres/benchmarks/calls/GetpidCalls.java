// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.posix.Unistd;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The cheapest system call. */
@State(Scope.Thread)
public class GetpidCalls {

    private static final MethodHandle PLAIN = link();

    @SuppressWarnings("restricted") // it is what is measured
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find("getpid").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    @Benchmark
    public int plain() throws Throwable {
        return (int) PLAIN.invokeExact();
    }

    @Benchmark
    public int callLayer() {
        return Unistd.getpid();
    }

    @Benchmark
    public int jni() {
        return JniCalls.getpid();
    }
}
