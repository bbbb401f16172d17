// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Options of sockets whose value is an {@code int}. */
final class SocketOption {

    private static final String GETSOCKOPT = "getsockopt";
    private static final String SETSOCKOPT = "setsockopt";

    private SocketOption() {}

    /** The value, which is never negative, or the negated errno. */
    static int get(int fd, int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
            int result = Sockets.getsockopt(fd, Sockets.SOL_SOCKET, option, value, length);
            return result < 0 ? result : value.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** 0, or the negated errno. */
    static int set(int fd, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_INT, value);
            return Sockets.setsockopt(fd, Sockets.SOL_SOCKET, option, memory, Integer.BYTES);
        }
    }

    /** The value of a handle's socket. */
    static int get(Descriptor descriptor, int option) throws IpcException {
        descriptor.enter(GETSOCKOPT);
        try {
            int result = get(descriptor.fd(), option);
            if (result < 0) {
                throw descriptor.failure(GETSOCKOPT, result);
            }
            return result;
        } finally {
            descriptor.leave();
        }
    }

    /** Sets the value of a handle's socket. */
    static void set(Descriptor descriptor, int option, int value) throws IpcException {
        descriptor.enter(SETSOCKOPT);
        try {
            int result = set(descriptor.fd(), option, value);
            if (result < 0) {
                throw descriptor.failure(SETSOCKOPT, result);
            }
        } finally {
            descriptor.leave();
        }
    }
}
