// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.posix.Sigaction;
import io.chagres.posix.Signals;
import io.chagres.posix.Sigset;
import io.chagres.posix.Unistd;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The real-time signal that ends blocked system calls: the first free one from the top. Its handler
 * is a function of the C library that does nothing ({@code abs}), installed without {@code
 * SA_RESTART}: so a blocked call returns {@code EINTR}, and no Java code ever runs in a handler. It
 * is only ever sent to single threads of this process that are inside a call.
 */
final class WakeSignal {

    /** The JDK wakes threads blocked on sockets and files with SIGRTMAX - 2. */
    private static final int OF_THE_JDK = 2;

    private static final int NUMBER = install();

    private WakeSignal() {}

    /** The number; 0 when all are taken, and then nothing can be woken. */
    static int number() {
        return NUMBER;
    }

    /** A thread may have been made with all signals blocked. */
    static void unblockInThisThread() {
        if (NUMBER == 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(Sigset.LAYOUT);
            Signals.sigemptyset(set);
            Signals.sigaddset(set, NUMBER);
            Signals.pthread_sigmask(Signals.SIG_UNBLOCK, set, MemorySegment.NULL);
        }
    }

    static void send(int tid) {
        if (NUMBER != 0) {
            Signals.tgkill(Unistd.getpid(), tid, NUMBER);
        }
    }

    private static int install() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment present = arena.allocate(Sigaction.LAYOUT);
            int shared = find(present, Signals.doNothingHandler());
            if (shared != 0) {
                return shared;
            }
            MemorySegment wanted = arena.allocate(Sigaction.LAYOUT);
            Sigaction.sa_handler(wanted, Signals.doNothingHandler());
            int free = find(present, Signals.SIG_DFL);
            if (free != 0 && Signals.sigaction(free, wanted, MemorySegment.NULL) == 0) {
                return free;
            }
        }
        System.getLogger("io.chagres")
                .log(
                        Level.WARNING,
                        "all real-time signals are taken: close and interrupt cannot wake a"
                                + " platform thread that is blocked");
        return 0;
    }

    /**
     * The first from the top with a handler: that of another copy of this class, which has the same
     * needs, or none.
     */
    private static int find(MemorySegment present, long handler) {
        int max = Signals.sigrtmax();
        for (int signal = max; signal >= Signals.sigrtmin(); signal--) {
            if (signal != max - OF_THE_JDK
                    && Signals.sigaction(signal, MemorySegment.NULL, present) == 0
                    && Sigaction.sa_handler(present) == handler
                    && (Sigaction.sa_flags(present) & Signals.SA_RESTART) == 0) {
                return signal;
            }
        }
        return 0;
    }
}
