// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import io.chagres.foreign.Downcalls;
import io.chagres.posix.gen.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * {@code signal.h}: dispositions and masks of signals.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public final class Signals {

    /** Add to the mask. */
    public static final int SIG_BLOCK = Linux.SIG_BLOCK();

    /** Take from the mask. */
    public static final int SIG_UNBLOCK = Linux.SIG_UNBLOCK();

    /** Replace the mask. */
    public static final int SIG_SETMASK = Linux.SIG_SETMASK();

    /** Restart system calls. */
    public static final int SA_RESTART = Linux.SA_RESTART();

    /** The handler takes three arguments. */
    public static final int SA_SIGINFO = Linux.SA_SIGINFO();

    /** The default disposition, as an address. */
    public static final long SIG_DFL = Linux.SIG_DFL().address();

    /** Ignored, as an address. */
    public static final long SIG_IGN = Linux.SIG_IGN().address();

    /** Ends the process; no handler. */
    public static final int SIGKILL = Linux.SIGKILL();

    /** Stops the process; no handler. */
    public static final int SIGSTOP = Linux.SIGSTOP();

    /** Continues a stopped process. */
    public static final int SIGCONT = Linux.SIGCONT();

    /** For the use of programs. */
    public static final int SIGUSR1 = Linux.SIGUSR1();

    /** A timer. */
    public static final int SIGALRM = Linux.SIGALRM();

    private Signals() {}

    private static final class Sigaction {
        static final MethodHandle HANDLE = Link.function("sigaction", Linux.sigaction$descriptor());
    }

    /**
     * Gets and sets the disposition of a signal. A handler must be C: one in Java aborts the JVM.
     *
     * @param signum a signal
     * @param act {@link Sigaction}, or NULL
     * @param oldact {@link Sigaction} that is set, or NULL
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</a>
     */
    public static int sigaction(int signum, MemorySegment act, MemorySegment oldact) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) Sigaction.HANDLE.invokeExact(state, signum, act, oldact), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Sigemptyset {
        static final MethodHandle HANDLE =
                Link.function("sigemptyset", Linux.sigemptyset$descriptor());
    }

    /**
     * Empties a set.
     *
     * @param set {@link Sigset} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sigsetops.3.html">sigemptyset(3)</a>
     */
    public static int sigemptyset(MemorySegment set) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Sigemptyset.HANDLE.invokeExact(state, set), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Sigaddset {
        static final MethodHandle HANDLE = Link.function("sigaddset", Linux.sigaddset$descriptor());
    }

    /**
     * Adds to a set.
     *
     * @param set {@link Sigset}
     * @param signum a signal
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sigsetops.3.html">sigaddset(3)</a>
     */
    public static int sigaddset(MemorySegment set, int signum) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Sigaddset.HANDLE.invokeExact(state, set, signum), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Sigismember {
        static final MethodHandle HANDLE =
                Link.function("sigismember", Linux.sigismember$descriptor());
    }

    /**
     * Tells whether a set has a signal.
     *
     * @param set {@link Sigset}
     * @param signum a signal
     * @return 1 or 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sigsetops.3.html">sigismember(3)</a>
     */
    public static int sigismember(MemorySegment set, int signum) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result(
                    (int) Sigismember.HANDLE.invokeExact(state, set, signum), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class PthreadSigmask {
        static final MethodHandle HANDLE =
                Link.function("pthread_sigmask", Linux.pthread_sigmask$descriptor());
    }

    /**
     * Gets and sets the calling thread's mask.
     *
     * @param how {@code SIG_*}
     * @param set {@link Sigset}, or NULL
     * @param oldset {@link Sigset} that is set, or NULL
     * @return 0, or the negated errno
     * @see <a
     *     href="https://man7.org/linux/man-pages/man3/pthread_sigmask.3.html">pthread_sigmask(3)</a>
     */
    public static int pthread_sigmask(int how, MemorySegment set, MemorySegment oldset) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.negated(
                    (int) PthreadSigmask.HANDLE.invokeExact(state, how, set, oldset));
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Kill {
        static final MethodHandle HANDLE = Link.function("kill", Linux.kill$descriptor());
    }

    /**
     * Sends a signal to a process.
     *
     * @param pid a process
     * @param sig a signal, or 0
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</a>
     */
    public static int kill(int pid, int sig) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Kill.HANDLE.invokeExact(state, pid, sig), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class Tgkill {
        static final MethodHandle HANDLE = Link.function("tgkill", Linux.tgkill$descriptor());
    }

    /**
     * Sends a signal to one thread.
     *
     * @param tgid a process
     * @param tid a thread of it
     * @param sig a signal, or 0
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man2/tgkill.2.html">tgkill(2)</a>
     */
    public static int tgkill(int tgid, int tid, int sig) {
        MemorySegment state = CallState.borrow();
        try {
            return CallState.result((int) Tgkill.HANDLE.invokeExact(state, tgid, tid, sig), state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SigRtMin {
        static final MethodHandle HANDLE =
                Link.function(
                        "__libc_current_sigrtmin", Linux.__libc_current_sigrtmin$descriptor());
    }

    /** {@return the first real-time signal that programs may use: SIGRTMIN} */
    public static int sigrtmin() {
        MemorySegment state = CallState.borrow();
        try {
            return (int) SigRtMin.HANDLE.invokeExact(state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    private static final class SigRtMax {
        static final MethodHandle HANDLE =
                Link.function(
                        "__libc_current_sigrtmax", Linux.__libc_current_sigrtmax$descriptor());
    }

    /** {@return the last real-time signal: SIGRTMAX} */
    public static int sigrtmax() {
        MemorySegment state = CallState.borrow();
        try {
            return (int) SigRtMax.HANDLE.invokeExact(state);
        } catch (Throwable t) {
            throw Downcalls.unexpected(t);
        } finally {
            CallState.giveBack(state);
        }
    }

    /**
     * {@return the address of a C function that may be a handler, and does nothing: {@code abs}}
     */
    public static long doNothingHandler() {
        return Link.address("abs");
    }
}
