// SPDX-License-Identifier: Apache-2.0
package io.chagres.foreign;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;

/**
 * The handles of functions that cannot be linked, and what calling a handle may throw.
 *
 * <p>A holder class whose initialiser threw would give its first user an
 * ExceptionInInitializerError and all others a NoClassDefFoundError that names nothing. So linking
 * never throws: the handle of such a function throws the reason at each call.
 */
public final class Downcalls {

    private static final MethodType REASON = MethodType.methodType(Throwable.class);

    private Downcalls() {}

    /**
     * The handle of a function that does not exist.
     *
     * @param type of the handle
     * @param message names the symbol, and where it was looked for
     */
    public static MethodHandle missing(MethodType type, String message) {
        return throwing(type, () -> new UnsatisfiedLinkError(message));
    }

    /**
     * The handle of a function that may not be linked.
     *
     * @param type of the handle
     * @param name of the function
     * @param bindings the module that needs native access
     */
    public static MethodHandle denied(MethodType type, String name, Module bindings) {
        String message =
                "native access is not enabled, so "
                        + name
                        + " cannot be called: start java with --enable-native-access="
                        + (bindings.isNamed() ? bindings.getName() : "ALL-UNNAMED");
        return throwing(type, () -> new IllegalCallerException(message));
    }

    /**
     * What a handle threw, to be thrown on. A C function throws nothing, so it is never checked.
     *
     * @param thrown by {@code invokeExact}
     * @throws Error when it is one
     */
    public static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            return e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(thrown);
    }

    private static MethodHandle throwing(MethodType type, Supplier<Throwable> reason) {
        try {
            MethodHandle get =
                    MethodHandles.lookup()
                            .findVirtual(Supplier.class, "get", MethodType.methodType(Object.class))
                            .bindTo(reason)
                            .asType(REASON);
            MethodHandle thrower = MethodHandles.throwException(type.returnType(), Throwable.class);
            return MethodHandles.dropArguments(
                    MethodHandles.foldArguments(thrower, get), 0, type.parameterList());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
