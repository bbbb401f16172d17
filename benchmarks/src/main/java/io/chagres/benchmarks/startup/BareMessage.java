// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.startup;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What {@link OneMessage} does, written by hand with the JDK's linker and the fewest calls: no
 * Chagres, no limits, no close or interrupt that wakes, one errno for all threads.
 */
final class BareMessage {

    private static final int CREATE = 0302; // O_RDWR | O_CREAT | O_EXCL
    private static final int OWNER_ONLY = 0600;
    private static final Linker LINKER = Linker.nativeLinker();

    private BareMessage() {}

    public static void main(String[] args) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment name = arena.allocateFrom(args[0]);
            MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte) 1, (byte) 2);
            int queue =
                    (int)
                            link("mq_open", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS)
                                    .invokeExact(
                                            state, name, CREATE, OWNER_ONLY, MemorySegment.NULL);
            int unlinked = (int) link("mq_unlink", ADDRESS).invokeExact(state, name);
            int sent =
                    (int)
                            link("mq_send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)
                                    .invokeExact(state, queue, message, 2L, 0);
            int closed = (int) link("mq_close", JAVA_INT).invokeExact(state, queue);
            if (queue < 0 || unlinked < 0 || sent < 0 || closed < 0) {
                throw new IllegalStateException("errno " + state.get(JAVA_INT, 0));
            }
            System.out.println("sent");
        }
    }

    @SuppressWarnings("restricted") // it is what is measured
    private static MethodHandle link(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, arguments),
                Linker.Option.captureCallState("errno"));
    }
}
