// SPDX-License-Identifier: Apache-2.0
package io.chagres.windows;

import io.chagres.foreign.Downcalls;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Links Win32 functions: the one place that looks symbols up and makes handles. Linking never
 * throws; the handle of a function that cannot be linked does, see {@link Downcalls}.
 */
final class Link {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("GetLastError");

    private Link() {}

    /** A handle that takes the call state first and then the function's own arguments. */
    static MethodHandle function(String library, String name, FunctionDescriptor descriptor) {
        MethodType type = descriptor.toMethodType().insertParameterTypes(0, MemorySegment.class);
        try {
            Optional<MemorySegment> symbol = find(library, name);
            if (symbol.isPresent()) {
                return LINKER.downcallHandle(symbol.get(), descriptor, CAPTURE);
            }
            return Downcalls.missing(type, "no " + name + " in " + library + " here");
        } catch (IllegalCallerException e) {
            return Downcalls.denied(type, name, Link.class.getModule());
        }
    }

    private static Optional<MemorySegment> find(String library, String name) {
        try {
            return SymbolLookup.libraryLookup(library, Arena.global()).find(name);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not Windows
        }
    }
}
