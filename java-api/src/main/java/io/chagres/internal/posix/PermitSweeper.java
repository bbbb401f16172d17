// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for all helpers that there are too many to have: one thread that looks at every
 * semaphore whose virtual threads wait without a representative, again and again, with pauses of
 * 0.1 ms after a permit was found to 5 ms after none was for long. A helper that becomes free takes
 * one over.
 */
final class PermitSweeper {

    private static final long MIN_PAUSE_NANOS = 100_000L;
    private static final long MAX_PAUSE_NANOS = 5_000_000L;
    private static final long IDLE_NANOS = 5_000_000_000L;

    private static final Queue<PermitGate> GATES = new ConcurrentLinkedQueue<>();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable Thread sweeper;

    private PermitSweeper() {}

    /**
     * Looks at a gate until its line is empty.
     *
     * @throws OutOfMemoryError when there is no room for the thread; the gate is not looked at then
     */
    static void add(PermitGate gate) {
        LOCK.lock();
        try {
            Thread present = sweeper;
            if (present == null) {
                present = HelperThreads.daemon("chagres-sweeper", PermitSweeper::run);
                present.start();
                sweeper = present; // only now, for who finds it relies on it
            }
            GATES.add(gate);
            LockSupport.unpark(present);
        } finally {
            LOCK.unlock();
        }
    }

    private static void run() {
        do {
            sweepUntilIdle();
        } while (!ended());
    }

    private static boolean ended() {
        LOCK.lock();
        try {
            if (GATES.isEmpty()) {
                sweeper = null;
                return true;
            }
            return false;
        } finally {
            LOCK.unlock();
        }
    }

    private static void sweepUntilIdle() {
        long pause = MIN_PAUSE_NANOS;
        long lastUse = System.nanoTime();
        while (System.nanoTime() - lastUse < IDLE_NANOS) {
            if (GATES.isEmpty()) {
                LockSupport.parkNanos(GATES, IDLE_NANOS);
                continue;
            }
            boolean found = false;
            try {
                found = sweep();
            } catch (RuntimeException | Error e) { // of one gate; the others depend on this too
                System.getLogger("io.chagres").log(Level.WARNING, "a sweep failed", e);
            }
            pause = found ? MIN_PAUSE_NANOS : Math.min(2 * pause, MAX_PAUSE_NANOS);
            LockSupport.parkNanos(GATES, pause);
            lastUse = System.nanoTime();
        }
    }

    /** One look at all; whether any permit was found. */
    private static boolean sweep() {
        boolean found = false;
        for (Iterator<PermitGate> all = GATES.iterator(); all.hasNext(); ) {
            PermitGate gate = all.next();
            PermitGate.Sweep outcome = gate.sweep();
            if (outcome == PermitGate.Sweep.OVER || HelperThreads.run(gate::represent)) {
                all.remove();
            }
            found |= outcome != PermitGate.Sweep.IN_VAIN;
        }
        return found;
    }
}
