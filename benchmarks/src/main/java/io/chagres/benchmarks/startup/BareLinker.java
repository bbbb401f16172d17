// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The floor of everything that calls C: the JDK's own linker and one call of getpid, no Chagres.
 */
final class BareLinker {

    private BareLinker() {}

    @SuppressWarnings("restricted") // it is what is measured
    public static void main(String[] args) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle getpid =
                linker.downcallHandle(
                        linker.defaultLookup().find("getpid").orElseThrow(),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT));
        System.out.println((int) getpid.invokeExact());
    }
}
