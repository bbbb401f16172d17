// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code unistd.h}: descriptors, ids, and limits of the system. */
public final class Unistd {

    /** Bytes in a page. */
    public static final int _SC_PAGESIZE = Linux._SC_PAGESIZE();

    /** Queues a process may open. */
    public static final int _SC_MQ_OPEN_MAX = Linux._SC_MQ_OPEN_MAX();

    /** One more than the highest priority of a message. */
    public static final int _SC_MQ_PRIO_MAX = Linux._SC_MQ_PRIO_MAX();

    /** Descriptors a process may open. */
    public static final int _SC_OPEN_MAX = Linux._SC_OPEN_MAX();

    /** The largest value of a semaphore. */
    public static final int _SC_SEM_VALUE_MAX = Linux._SC_SEM_VALUE_MAX();

    private Unistd() {}

    private static final class Close {
        static final MethodHandle HANDLE = Link.function("close", Linux.close$descriptor());
    }

    /**
     * Closes a descriptor; its number may be reused at once, also after an error.
     *
     * @param fd a descriptor
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
     */
    public static int close(int fd) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Close.HANDLE.invokeExact(state, fd), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Ftruncate {
        static final MethodHandle HANDLE = Link.function("ftruncate", Linux.ftruncate$descriptor());
    }

    /**
     * Sets the size.
     *
     * @param fd a descriptor open for writing
     * @param length bytes
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/truncate.2.html">ftruncate(2)</a>
     */
    public static int ftruncate(int fd, long length) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Ftruncate.HANDLE.invokeExact(state, fd, length), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Getpid {
        static final MethodHandle HANDLE =
                Link.function("getpid", Linux.getpid$descriptor(), Link.CRITICAL);
    }

    /**
     * The id of this process.
     *
     * @return the id
     * @see <a href="https://man7.org/linux/man-pages/man2/getpid.2.html">getpid(2)</a>
     */
    public static int getpid() {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Getpid.HANDLE.invokeExact(state), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Geteuid {
        static final MethodHandle HANDLE =
                Link.function("geteuid", Linux.geteuid$descriptor(), Link.CRITICAL);
    }

    /**
     * The effective user id.
     *
     * @return the id
     * @see <a href="https://man7.org/linux/man-pages/man2/getuid.2.html">geteuid(2)</a>
     */
    public static int geteuid() {
        MemorySegment state = CallState.borrow();
        try {
            return (int) Geteuid.HANDLE.invokeExact(state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Getegid {
        static final MethodHandle HANDLE =
                Link.function("getegid", Linux.getegid$descriptor(), Link.CRITICAL);
    }

    /**
     * The effective group id.
     *
     * @return the id
     * @see <a href="https://man7.org/linux/man-pages/man2/getgid.2.html">getegid(2)</a>
     */
    public static int getegid() {
        MemorySegment state = CallState.borrow();
        try {
            return (int) Getegid.HANDLE.invokeExact(state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Sysconf {
        static final MethodHandle HANDLE = Link.function("sysconf", Linux.sysconf$descriptor());
    }

    /**
     * A limit or property of the system.
     *
     * @param name {@code _SC_*}
     * @return its value, or -1 when there is no limit or the name is unknown
     * @see <a href="https://man7.org/linux/man-pages/man3/sysconf.3.html">sysconf(3)</a>
     */
    public static long sysconf(int name) {
        MemorySegment state = CallState.borrow();
        try {
            return (long) Sysconf.HANDLE.invokeExact(state, name);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }
}
