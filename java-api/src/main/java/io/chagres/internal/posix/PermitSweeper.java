// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
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
    private static final AtomicReference<@Nullable Thread> SWEEPER = new AtomicReference<>();

    private PermitSweeper() {}

    /** Looks at a gate until its line is empty. */
    static void add(PermitGate gate) {
        GATES.add(gate);
        Thread present = SWEEPER.get();
        if (present != null) {
            LockSupport.unpark(present);
            return;
        }
        Thread made = HelperThreads.daemon("chagres-sweeper", PermitSweeper::run);
        if (SWEEPER.compareAndSet(null, made)) {
            start(made);
        }
    }

    private static void start(Thread sweeper) {
        boolean started = false;
        try {
            sweeper.start();
            started = true;
        } finally {
            if (!started) {
                SWEEPER.set(null); // no more threads; the next one to come tries again
            }
        }
    }

    private static void run() {
        Thread me = Thread.currentThread();
        do {
            sweepUntilIdle();
            SWEEPER.set(null);
            // Who added one before that has left it to this thread.
        } while (!GATES.isEmpty() && SWEEPER.compareAndSet(null, me));
    }

    private static void sweepUntilIdle() {
        long pause = MIN_PAUSE_NANOS;
        long lastUse = System.nanoTime();
        while (System.nanoTime() - lastUse < IDLE_NANOS) {
            if (GATES.isEmpty()) {
                LockSupport.parkNanos(GATES, IDLE_NANOS);
                continue;
            }
            pause = sweep() ? MIN_PAUSE_NANOS : Math.min(2 * pause, MAX_PAUSE_NANOS);
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
