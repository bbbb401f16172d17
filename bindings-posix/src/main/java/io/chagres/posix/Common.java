// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Calls in one shape for nearly all functions: six numbers and two segments.
 *
 * <p>In a cold JVM each further shape of a call (the types of its arguments and result) costs as
 * much as a quarter of the whole start of a JVM, because the JDK makes some fifteen classes for it,
 * which no AOT cache keeps; a further function of a known shape costs next to nothing. On the other
 * hand this shape costs a nanosecond more at each call. So only functions that can be as fast as
 * that, and those that do not fit, have shapes of their own.
 *
 * <p>The C conventions of Linux pass integers and addresses alike, narrower ones extended as an
 * {@code int} is when it becomes a {@code long}, and leave arguments that the function does not
 * have to the caller. So pointers are passed as addresses; the segments behind them come last,
 * where the function does not look, and stay alive during the call.
 */
final class Common {

    static final FunctionDescriptor SHAPE =
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS);

    private static final int NUMBERS = 6;

    private Common() {}

    /** Whether a function can be called in this shape: all in it is an integer or an address. */
    static boolean fits(FunctionDescriptor own) {
        boolean fits = own.argumentLayouts().size() <= NUMBERS;
        for (MemoryLayout layout : own.argumentLayouts()) {
            fits &= fits(layout);
        }
        return fits && own.returnLayout().map(Common::fits).orElse(true);
    }

    private static boolean fits(MemoryLayout layout) {
        return layout instanceof ValueLayout value
                && value.carrier() != float.class
                && value.carrier() != double.class;
    }

    /** A function that returns an {@code int}, and fails with -1. */
    static int call(MethodHandle function, long a, long b, long c, long d) {
        return call(function, a, b, c, d, MemorySegment.NULL, MemorySegment.NULL);
    }

    /** The same; one of the numbers is the address of {@code kept}. */
    static int call(MethodHandle function, long a, long b, long c, long d, MemorySegment kept) {
        return call(function, a, b, c, d, kept, MemorySegment.NULL);
    }

    /** The same for two addresses. */
    static int call(
            MethodHandle function,
            long a,
            long b,
            long c,
            long d,
            MemorySegment kept,
            MemorySegment alsoKept) {
        return call(function, a, b, c, d, 0, 0, kept, alsoKept);
    }

    /** The same for up to six arguments. */
    static int call(
            MethodHandle function,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            MemorySegment kept,
            MemorySegment alsoKept) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) (long) function.invokeExact(state, a, b, c, d, e, f, kept, alsoKept),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    /** A function that returns a {@code long} or an address, and fails with -1. */
    static long callLong(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        return callLong(function, a, b, c, d, e, f, MemorySegment.NULL, MemorySegment.NULL);
    }

    /** The same; among the numbers are the addresses of two segments. */
    static long callLong(
            MethodHandle function,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            MemorySegment kept,
            MemorySegment alsoKept) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (long) function.invokeExact(state, a, b, c, d, e, f, kept, alsoKept), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    /** The same, where the caller owns the memory for errno. */
    static long callLong(
            CallState owned,
            MethodHandle function,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            MemorySegment kept) {
        MemorySegment state = owned.segment();
        try {
            return CallState.result(
                    (long) function.invokeExact(state, a, b, c, d, e, f, kept, MemorySegment.NULL),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** A function whose every result is one, or which returns the errno itself. */
    static long raw(
            MethodHandle function,
            long a,
            long b,
            long c,
            long d,
            MemorySegment kept,
            MemorySegment alsoKept) {
        MemorySegment state = CallState.borrow();
        try {
            return (long) function.invokeExact(state, a, b, c, d, 0L, 0L, kept, alsoKept);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
