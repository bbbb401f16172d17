// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Why a process has failed that Ctrl-C reaches as well as this one. */
public final class Endings {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration STEP = Duration.ofMillis(10);

    private Endings() {}

    /**
     * Whether the run has been ended, which is no failure of the process. It may have ended before
     * this one is told, so that this waits for a moment.
     */
    public static boolean explain(BooleanSupplier ended) {
        long begin = System.nanoTime();
        while (!ended.getAsBoolean() && System.nanoTime() - begin < PATIENCE.toNanos()) {
            LockSupport.parkNanos(STEP.toNanos());
        }
        return ended.getAsBoolean();
    }
}
