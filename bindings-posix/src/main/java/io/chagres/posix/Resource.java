// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code sys/resource.h}: limits of this process. */
public final class Resource {

    /** Processor seconds. */
    public static final int RLIMIT_CPU = Linux.RLIMIT_CPU();

    /** Size of a file in bytes. */
    public static final int RLIMIT_FSIZE = Linux.RLIMIT_FSIZE();

    /** Data segment in bytes. */
    public static final int RLIMIT_DATA = Linux.RLIMIT_DATA();

    /** Stack in bytes. */
    public static final int RLIMIT_STACK = Linux.RLIMIT_STACK();

    /** Core file in bytes. */
    public static final int RLIMIT_CORE = Linux.RLIMIT_CORE();

    /** Address space in bytes. */
    public static final int RLIMIT_AS = Linux.RLIMIT_AS();

    /** Resident set in bytes; ignored. */
    public static final int RLIMIT_RSS = Linux.RLIMIT_RSS();

    /** Processes of the user. */
    public static final int RLIMIT_NPROC = Linux.RLIMIT_NPROC();

    /** Open descriptors, plus one. */
    public static final int RLIMIT_NOFILE = Linux.RLIMIT_NOFILE();

    /** Locked memory in bytes. */
    public static final int RLIMIT_MEMLOCK = Linux.RLIMIT_MEMLOCK();

    /** Locks; ignored. */
    public static final int RLIMIT_LOCKS = Linux.RLIMIT_LOCKS();

    /** Queued signals of the user. */
    public static final int RLIMIT_SIGPENDING = Linux.RLIMIT_SIGPENDING();

    /** Bytes in POSIX message queues of the user. */
    public static final int RLIMIT_MSGQUEUE = Linux.RLIMIT_MSGQUEUE();

    /** Ceiling of the nice value. */
    public static final int RLIMIT_NICE = Linux.RLIMIT_NICE();

    /** Ceiling of the real-time priority. */
    public static final int RLIMIT_RTPRIO = Linux.RLIMIT_RTPRIO();

    /** Microseconds of real-time work. */
    public static final int RLIMIT_RTTIME = Linux.RLIMIT_RTTIME();

    /** No limit. */
    public static final long RLIM_INFINITY = Linux.RLIM_INFINITY();

    private Resource() {}

    private static final class Getrlimit {
        static final MethodHandle HANDLE = Link.common("getrlimit");
    }

    /**
     * Gets a limit. Does not block.
     *
     * @param resource {@code RLIMIT_*}
     * @param limit {@link Rlimit} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">getrlimit(2)</a>
     */
    public static int getrlimit(int resource, MemorySegment limit) {
        return Common.call(Getrlimit.HANDLE, resource, limit.address(), 0, 0, limit);
    }

    private static final class Setrlimit {
        static final MethodHandle HANDLE = Link.common("setrlimit");
    }

    /**
     * Sets a limit of the whole process, for the JVM too.
     *
     * @param resource {@code RLIMIT_*}
     * @param limit {@link Rlimit}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/getrlimit.2.html">setrlimit(2)</a>
     */
    public static int setrlimit(int resource, MemorySegment limit) {
        return Common.call(Setrlimit.HANDLE, resource, limit.address(), 0, 0, limit);
    }
}
