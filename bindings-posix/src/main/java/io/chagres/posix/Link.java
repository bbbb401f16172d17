// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Links C functions: the one place that looks symbols up and makes handles. Linking never throws;
 * the handle of a function that cannot be linked does, see {@link Downcalls}.
 */
final class Link {

    /**
     * For a call that cannot block and takes well under a microsecond: it skips the thread's state
     * change.
     */
    static final Linker.Option CRITICAL = Linker.Option.critical(false);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");

    /** Where glibc before 2.34 keeps mq_*, shm_open (librt) and sem_* (libpthread). */
    private static final String[] OLD_LIBRARIES = {"librt.so.1", "libpthread.so.0"};

    private static final String LOOKED_IN =
            ": looked in the default libraries, " + String.join(", ", OLD_LIBRARIES);

    private Link() {}

    /** A handle that takes the call state first and then the function's own arguments. */
    static MethodHandle function(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = CAPTURE;
        System.arraycopy(options, 0, all, 1, options.length);
        MethodType type = descriptor.toMethodType().insertParameterTypes(0, MemorySegment.class);
        try {
            Optional<MemorySegment> symbol = find(name);
            if (symbol.isPresent()) {
                return LINKER.downcallHandle(symbol.get(), descriptor, all);
            }
            return Downcalls.missing(type, "the C library has no " + name + LOOKED_IN);
        } catch (IllegalCallerException e) {
            return Downcalls.denied(type, name, Link.class.getModule());
        }
    }

    /**
     * A handle in the shape that {@link Common} calls, as of a variadic function: other functions
     * do not mind, and a variadic one may use what its caller then provides.
     */
    static MethodHandle common(String name) {
        assert Common.fits(descriptor(name)) : name;
        return function(name, Common.SHAPE, Linker.Option.firstVariadicArg(1));
    }

    /** The own descriptor of a function. */
    private static FunctionDescriptor descriptor(String name) {
        try {
            return (FunctionDescriptor) Linux.class.getMethod(name + "$descriptor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One typed form of a variadic function. */
    static MethodHandle variadic(String name, FunctionDescriptor fixed, MemoryLayout... variadic) {
        return function(
                name,
                fixed.appendArgumentLayouts(variadic),
                Linker.Option.firstVariadicArg(fixed.argumentLayouts().size()));
    }

    /**
     * The descriptor with plain {@code long}s for its pointers, for memory whose life others guard.
     */
    static FunctionDescriptor withAddressesAsLongs(FunctionDescriptor descriptor) {
        MemoryLayout[] arguments =
                descriptor.argumentLayouts().stream()
                        .map(l -> l instanceof AddressLayout ? ValueLayout.JAVA_LONG : l)
                        .toArray(MemoryLayout[]::new);
        MemoryLayout result = descriptor.returnLayout().orElseThrow();
        return FunctionDescriptor.of(
                result instanceof AddressLayout ? ValueLayout.JAVA_LONG : result, arguments);
    }

    /** A C string that the C library owns, such as strerror_r may return. */
    static String string(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** The address of a C function, to be given to C. */
    static long address(String name) {
        Optional<MemorySegment> symbol = find(name);
        if (symbol.isEmpty()) {
            throw new UnsatisfiedLinkError("the C library has no " + name + LOOKED_IN);
        }
        return symbol.get().address();
    }

    private static Optional<MemorySegment> find(String name) {
        Optional<MemorySegment> symbol = LINKER.defaultLookup().find(name);
        for (int i = 0; symbol.isEmpty() && i < OLD_LIBRARIES.length; i++) {
            symbol = findIn(OLD_LIBRARIES[i], name);
        }
        return symbol;
    }

    private static Optional<MemorySegment> findIn(String library, String name) {
        try {
            return SymbolLookup.libraryLookup(library, Arena.global()).find(name);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not glibc, so there is no such library
        }
    }
}
