// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code semaphore.h}: POSIX semaphores.
 *
 * <p>A {@code sem_t} is named by its address: its memory belongs to the C library, or to a mapping
 * that the caller keeps alive.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sem_overview.7.html">sem_overview(7)</a>
 */
public final class Semaphores {

    /** The largest value of a semaphore. */
    public static final int SEM_VALUE_MAX = Linux.SEM_VALUE_MAX();

    /** Bytes of a {@code sem_t}. */
    public static final int SIZE = Linux.__SIZEOF_SEM_T();

    private Semaphores() {}

    private static final class SemOpen {
        static final MethodHandle HANDLE =
                Link.variadic("sem_open", Linux.sem_open$descriptor(), Linux.C_INT, Linux.C_INT);
    }

    /**
     * Opens or creates a named semaphore.
     *
     * @param name a C string
     * @param flags {@code O_CREAT}, {@code O_EXCL}
     * @param mode permissions of a new semaphore, before the umask
     * @param value of a new semaphore
     * @return the address of a {@code sem_t}, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_open.3.html">sem_open(3)</a>
     */
    public static long sem_open(MemorySegment name, int flags, int mode, int value) {
        MemorySegment state = CallState.borrow();
        try {
            return semOpenResult(
                    (MemorySegment) SemOpen.HANDLE.invokeExact(state, name, flags, mode, value),
                    state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SemClose {
        static final MethodHandle HANDLE = Link.common("sem_close");
    }

    /**
     * Unmaps a named semaphore from this process. No thread may be in a call on it.
     *
     * @param sem address of a {@code sem_t}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_close.3.html">sem_close(3)</a>
     */
    public static int sem_close(long sem) {
        return Common.call(SemClose.HANDLE, sem, 0, 0, 0);
    }

    private static final class SemUnlink {
        static final MethodHandle HANDLE = Link.common("sem_unlink");
    }

    /**
     * Removes a name; the semaphore lives on while it is open.
     *
     * @param name a C string
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_unlink.3.html">sem_unlink(3)</a>
     */
    public static int sem_unlink(MemorySegment name) {
        return Common.call(SemUnlink.HANDLE, name.address(), 0, 0, 0, name);
    }

    private static final class SemPost {
        static final MethodHandle HANDLE =
                Link.function(
                        "sem_post",
                        Link.withAddressesAsLongs(Linux.sem_post$descriptor()),
                        Link.CRITICAL);
    }

    /**
     * Adds one, waking a waiter. Does not block.
     *
     * @param sem address of a {@code sem_t}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_post.3.html">sem_post(3)</a>
     */
    public static int sem_post(long sem) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) SemPost.HANDLE.invokeExact(state, sem), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SemWait {
        static final MethodHandle HANDLE =
                Link.function("sem_wait", Link.withAddressesAsLongs(Linux.sem_wait$descriptor()));
    }

    /**
     * Takes one, blocking while there is none.
     *
     * @param sem address of a {@code sem_t}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_wait(3)</a>
     */
    public static int sem_wait(long sem) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) SemWait.HANDLE.invokeExact(state, sem), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SemTrywait {
        static final MethodHandle HANDLE =
                Link.function(
                        "sem_trywait",
                        Link.withAddressesAsLongs(Linux.sem_trywait$descriptor()),
                        Link.CRITICAL);
    }

    /**
     * Takes one, or fails with {@code EAGAIN}. Does not block.
     *
     * @param sem address of a {@code sem_t}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_trywait(3)</a>
     */
    public static int sem_trywait(long sem) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) SemTrywait.HANDLE.invokeExact(state, sem), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SemTimedwait {
        static final MethodHandle HANDLE =
                Link.function(
                        "sem_timedwait",
                        Link.withAddressesAsLongs(Linux.sem_timedwait$descriptor()));
    }

    /**
     * {@link #sem_wait}, failing with {@code ETIMEDOUT} at the deadline.
     *
     * @param sem address of a {@code sem_t}
     * @param deadline address of a {@link Timespec} on {@code CLOCK_REALTIME}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_timedwait(3)</a>
     */
    public static int sem_timedwait(long sem, long deadline) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) SemTimedwait.HANDLE.invokeExact(state, sem, deadline), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SemGetvalue {
        static final MethodHandle HANDLE =
                Link.function(
                        "sem_getvalue",
                        Link.withAddressesAsLongs(Linux.sem_getvalue$descriptor()),
                        Link.CRITICAL);
    }

    /**
     * Gets the value. Does not block.
     *
     * @param sem address of a {@code sem_t}
     * @param value address of an {@code int} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_getvalue.3.html">sem_getvalue(3)</a>
     */
    public static int sem_getvalue(long sem, long value) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) SemGetvalue.HANDLE.invokeExact(state, sem, value), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static long semOpenResult(MemorySegment result, MemorySegment state) {
        return result.address() != 0 ? result.address() : -CallState.errno(state);
    }

    private static final class SemClockwait {
        static final MethodHandle HANDLE =
                Link.function(
                        "sem_clockwait",
                        Link.withAddressesAsLongs(Linux.sem_clockwait$descriptor()));
    }

    /**
     * {@link #sem_wait}, failing with {@code ETIMEDOUT} at the deadline.
     *
     * @param sem address of a {@code sem_t}
     * @param clock {@link Time#CLOCK_MONOTONIC} or {@link Time#CLOCK_REALTIME}
     * @param deadline address of a {@link Timespec} on that clock
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_clockwait(3)</a>
     */
    public static int sem_clockwait(long sem, int clock, long deadline) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) SemClockwait.HANDLE.invokeExact(state, sem, clock, deadline), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SemInit {
        static final MethodHandle HANDLE = Link.common("sem_init");
    }

    /**
     * Makes a semaphore in memory.
     *
     * @param sem address of memory for a {@code sem_t}
     * @param pshared not 0 to share it between processes
     * @param value at first
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_init.3.html">sem_init(3)</a>
     */
    public static int sem_init(long sem, int pshared, int value) {
        return Common.call(SemInit.HANDLE, sem, pshared, value, 0);
    }

    private static final class SemDestroy {
        static final MethodHandle HANDLE = Link.common("sem_destroy");
    }

    /**
     * Ends what {@link #sem_init} made. No thread may be in a call on it. Does not block.
     *
     * @param sem address of a {@code sem_t}
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sem_destroy.3.html">sem_destroy(3)</a>
     */
    public static int sem_destroy(long sem) {
        return Common.call(SemDestroy.HANDLE, sem, 0, 0, 0);
    }
}
