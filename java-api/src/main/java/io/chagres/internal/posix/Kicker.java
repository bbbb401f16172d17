// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends blocked system calls of platform threads whose handle is closed, whose thread is
 * interrupted, or whose deadline has passed: one daemon that looks at all calls that are inside.
 *
 * <p>It looks every {@value #TICK_MILLIS} ms while any call is inside, so a thread that is
 * interrupted waits at most that long, and nothing has to be done for it on the way in. A close
 * asks it to look at once. A kick can be lost, when it comes just before the system call: so it is
 * repeated, after 1, 2, 4 … {@value #MAX_BACKOFF_MILLIS} ms, until the thread has left. With no
 * call inside the thread sleeps, and the next call to come wakes it.
 */
final class Kicker {

    private static final int TICK_MILLIS = 50;
    private static final int MIN_PAUSE_MILLIS = 5;
    private static final int MAX_BACKOFF_MILLIS = 20;
    private static final int CLEAN_UP = 256;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private static final Queue<BlockingCall> CALLS = new ConcurrentLinkedQueue<>();

    /** Set before a last look at the calls, and read by each call after it is inside. */
    private static volatile boolean asleep = true;

    private static volatile boolean hurry;

    private Kicker() {}

    /** The daemon, from the first call that may block; null before, and while none can start. */
    private static volatile @Nullable Thread daemon;

    private static final ReentrantLock START = new ReentrantLock();
    private static final AtomicInteger ADDED = new AtomicInteger();

    /** Watches the calls of one more thread; from time to time those of ended ones go. */
    static void add(BlockingCall call) {
        CALLS.add(call);
        if (ADDED.incrementAndGet() % CLEAN_UP == 0) {
            CALLS.removeIf(BlockingCall::isOver);
        }
    }

    /** For a call that has just gone inside. */
    static void notice() {
        if (asleep) {
            wake();
        }
    }

    /** For who has closed a handle, or set a near deadline. */
    static void hurry() {
        hurry = true;
        Thread present = daemon;
        if (present != null) { // else no call has ever been inside
            LockSupport.unpark(present);
        }
    }

    private static void wake() {
        Thread present = daemon;
        LockSupport.unpark(present != null ? present : start());
    }

    /** Tries again at the next call when the system has no room for one more thread. */
    private static Thread start() {
        START.lock();
        try {
            Thread present = daemon;
            if (present == null) {
                present =
                        Thread.ofPlatform()
                                .daemon()
                                .name("chagres-kicker")
                                .inheritInheritableThreadLocals(false)
                                .start(Kicker::run);
                daemon = present;
            }
            return present;
        } finally {
            START.unlock();
        }
    }

    private static void run() {
        int backoffMillis = 1;
        while (true) {
            if (hurry) {
                hurry = false;
                backoffMillis = 1;
            }
            Pass pass = new Pass();
            if (pass.kicked) {
                LockSupport.parkNanos(CALLS, backoffMillis * NANOS_PER_MILLI);
                backoffMillis = Math.min(2 * backoffMillis, MAX_BACKOFF_MILLIS);
            } else if (pass.inside || hurry) {
                backoffMillis = 1;
                LockSupport.parkNanos(
                        CALLS, Math.max(MIN_PAUSE_MILLIS * NANOS_PER_MILLI, pass.pauseNanos));
            } else {
                sleep();
            }
        }
    }

    private static void sleep() {
        asleep = true;
        if (!new Pass().inside) {
            LockSupport.park(CALLS);
        }
        asleep = false;
    }

    /** One look at all calls. */
    private static final class Pass {
        boolean inside;
        boolean kicked;
        long pauseNanos = TICK_MILLIS * NANOS_PER_MILLI;

        Pass() {
            for (Iterator<BlockingCall> all = CALLS.iterator(); all.hasNext(); ) {
                BlockingCall call = all.next();
                if (call.isOver()) {
                    all.remove();
                } else if (call.isIn()) {
                    inside = true;
                    kicked |= call.kickIfDue();
                    pauseNanos = Math.min(pauseNanos, call.nanosUntilKick());
                }
            }
        }
    }
}
