// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

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
        static final MethodHandle HANDLE = Link.common("sigaction");
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
        return Common.call(
                Sigaction.HANDLE, signum, act.address(), oldact.address(), 0, act, oldact);
    }

    private static final class Sigemptyset {
        static final MethodHandle HANDLE = Link.common("sigemptyset");
    }

    /**
     * Empties a set.
     *
     * @param set {@link Sigset} that is set
     * @return 0, or the negated errno
     * @see <a href="https://man7.org/linux/man-pages/man3/sigsetops.3.html">sigemptyset(3)</a>
     */
    public static int sigemptyset(MemorySegment set) {
        return Common.call(Sigemptyset.HANDLE, set.address(), 0, 0, 0, set);
    }

    private static final class Sigaddset {
        static final MethodHandle HANDLE = Link.common("sigaddset");
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
        return Common.call(Sigaddset.HANDLE, set.address(), signum, 0, 0, set);
    }

    private static final class Sigismember {
        static final MethodHandle HANDLE = Link.common("sigismember");
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
        return Common.call(Sigismember.HANDLE, set.address(), signum, 0, 0, set);
    }

    private static final class PthreadSigmask {
        static final MethodHandle HANDLE = Link.common("pthread_sigmask");
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
        return CallState.negated(
                (int)
                        Common.raw(
                                PthreadSigmask.HANDLE,
                                how,
                                set.address(),
                                oldset.address(),
                                0,
                                set,
                                oldset));
    }

    private static final class Kill {
        static final MethodHandle HANDLE = Link.common("kill");
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
        return Common.call(Kill.HANDLE, pid, sig, 0, 0);
    }

    private static final class Tgkill {
        static final MethodHandle HANDLE = Link.common("tgkill");
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
        return Common.call(Tgkill.HANDLE, tgid, tid, sig, 0);
    }

    private static final class SigRtMin {
        static final MethodHandle HANDLE = Link.common("__libc_current_sigrtmin");
    }

    /** {@return the first real-time signal that programs may use: SIGRTMIN} */
    public static int sigrtmin() {
        return (int)
                Common.raw(SigRtMin.HANDLE, 0, 0, 0, 0, MemorySegment.NULL, MemorySegment.NULL);
    }

    private static final class SigRtMax {
        static final MethodHandle HANDLE = Link.common("__libc_current_sigrtmax");
    }

    /** {@return the last real-time signal: SIGRTMAX} */
    public static int sigrtmax() {
        return (int)
                Common.raw(SigRtMax.HANDLE, 0, 0, 0, 0, MemorySegment.NULL, MemorySegment.NULL);
    }

    /**
     * {@return the address of a C function that may be a handler, and does nothing: {@code abs}}
     */
    public static long doNothingHandler() {
        return Link.address("abs");
    }
}
