// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.util.concurrent.locks.LockSupport;

/**
 * Waiting by polling. An echo that waits in vain for about a millisecond has nothing to answer now,
 * and then looks from time to time only, so that it takes no core from those that are measured. The
 * driver always has its answer under way: if both napped, they could do so in turns for ever.
 */
final class Spin {

    private static final int MOST_SPINS = 20_000;
    private static final long NAP_NANOS = 5_000_000;

    private final int mostSpins;

    Spin(Role role) {
        mostSpins = role.driver() ? Integer.MAX_VALUE : MOST_SPINS;
    }

    /** Before the next poll after so many that were in vain. */
    void pause(int failed) {
        if (failed < mostSpins) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(NAP_NANOS);
        }
    }
}
