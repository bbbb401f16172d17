// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The platform threads that block for virtual ones where nothing can be polled: at most {@value
 * #MAX} in the process, daemons that end when they have nothing to do for a while.
 */
final class HelperThreads {

    /** With the {@link PermitSweeper} they are 64. */
    static final int MAX = 63;

    private static final int IDLE_SECONDS = 5;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final AtomicInteger BUSY = new AtomicInteger();
    private static final ThreadPoolExecutor POOL =
            new ThreadPoolExecutor(
                    0,
                    MAX,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    HelperThreads::thread);

    private HelperThreads() {}

    /** Runs a task that may block; false, and it does not run, when all are busy. */
    static boolean run(Runnable task) {
        if (BUSY.incrementAndGet() <= MAX) {
            try {
                POOL.execute(() -> runThenFree(task));
                return true;
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                // one that is free in a moment; or the system has no room for one more thread
            }
        }
        BUSY.decrementAndGet();
        return false;
    }

    private static void runThenFree(Runnable task) {
        try {
            task.run();
        } finally {
            BUSY.decrementAndGet();
        }
    }

    private static Thread thread(Runnable worker) {
        return daemon("chagres-helper-" + NUMBER.incrementAndGet(), worker);
    }

    /** One that keeps no loader of its creator alive. */
    static Thread daemon(String name, Runnable task) {
        return Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
    }
}
