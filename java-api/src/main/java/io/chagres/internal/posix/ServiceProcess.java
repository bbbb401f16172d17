// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Time;
import io.chagres.posix.Timespec;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What a service needs of the system to talk to its manager. */
public final class ServiceProcess {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private ServiceProcess() {}

    /**
     * Looks whether descriptors have been passed to this process when it was started. What is
     * close-on-exec cannot have been. The first file that a JVM opens, and keeps, is that of its
     * own modules, which is not close-on-exec: so if fewer have been passed than is said, it is
     * that which has the first number after them.
     */
    public static void requirePassed(String operation, int first, int count) throws IpcException {
        PosixSupport.requirePlatform("socket activation");
        FileId modules = modulesOfTheJvm();
        for (int fd = first; fd < first + count; fd++) {
            String name = "descriptor " + fd;
            int flags = Fcntl.fcntl(fd, Fcntl.F_GETFD, 0);
            if (flags < 0) {
                throw PosixErrors.exception(operation, name, flags);
            }
            if ((flags & Fcntl.FD_CLOEXEC) != 0) {
                throw notPassed(operation, name, "it is close-on-exec");
            }
            if (FileId.of(fd, name).equals(modules)) {
                throw notPassed(operation, name, "the JVM has opened it");
            }
        }
    }

    private static IpcException notPassed(String operation, String name, String why) {
        return new IpcException(operation, name, 0, "", "it was not passed: " + why);
    }

    private static @Nullable FileId modulesOfTheJvm() throws IpcException {
        String path = System.getProperty("java.home") + "/lib/modules";
        try (Arena arena = Arena.ofConfined()) {
            int fd = Fcntl.open(arena.allocateFrom(path), Fcntl.O_PATH | Fcntl.O_CLOEXEC, 0);
            if (fd < 0) {
                return null; // as in a JVM that has its modules in another form
            }
            try {
                return FileId.of(fd, path);
            } finally {
                Unistd.close(fd);
            }
        }
    }

    /** The monotonic clock, as service managers count it. */
    public static long monotonicMicros() {
        PosixSupport.requirePlatform("the monotonic clock");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(Timespec.LAYOUT);
            Time.clock_gettime(Time.CLOCK_MONOTONIC, time);
            return Timespec.tv_sec(time) * MICROS_PER_SECOND
                    + Timespec.tv_nsec(time) / NANOS_PER_MICRO;
        }
    }
}
