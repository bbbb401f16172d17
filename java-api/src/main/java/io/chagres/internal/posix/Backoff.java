// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.internal.Deadline;
import java.util.concurrent.locks.LockSupport;

/** Pauses between tries, where nothing in the system tells when the next one may succeed. */
final class Backoff {

    private static final long MIN_PAUSE_NANOS = 100_000L;
    private static final long MAX_PAUSE_NANOS = 5_000_000L;

    private long pauseNanos = MIN_PAUSE_NANOS;

    /** Waits a little, each time longer, but not beyond a deadline or an interrupt. */
    void pause(long deadline) {
        LockSupport.parkNanos(this, Math.min(pauseNanos, Deadline.remainingNanos(deadline)));
        pauseNanos = Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
    }
}
