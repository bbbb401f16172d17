// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What an operation allocates on the heap in the steady state, in bytes. Here rather than in the
 * tests, whose modules do not read {@code jdk.management}.
 */
public final class AllocatedBytes {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 20_000;
    private static final int PATIENCE = 60;

    private AllocatedBytes() {}

    /** An operation that may fail. */
    public interface Operation {

        /** Does it once. */
        void run() throws Exception;
    }

    /**
     * Bytes per operation, rounded down: the measurement itself allocates a little. The operation
     * is repeated until it is compiled, which other work on the machine may delay: what counts is
     * the least of many batches.
     */
    public static long perOperation(Operation operation) throws Exception {
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < PATIENCE && least > 0; batch++) {
            least = Math.min(least, batch(operation) / ROUNDS);
        }
        return least;
    }

    private static long batch(Operation operation) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            operation.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
