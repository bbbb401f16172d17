// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Runs a contender until it gets no faster.
 *
 * @param pair that runs
 * @param workload for how long at least
 * @param java whether there is anything to wait for
 */
record WarmUp(Pair pair, Workload workload, boolean java) {

    private static final long STEP_NANOS = 25_000_000;

    /** So many steps that bring nothing are the end. */
    private static final int STEPS = 6;

    private static final double FASTER = 1.03;

    /** As many times as long as at least. */
    private static final int PATIENCE = 8;

    void run(String order) throws IOException {
        List<Double> rates = new ArrayList<>();
        long begin = System.nanoTime();
        long count = 1;
        do {
            long start = System.nanoTime();
            pair.run(order, count); // by the clock here: not every order answers with a time
            long nanos = Math.max(1, System.nanoTime() - start);
            rates.add((double) count / nanos);
            count = Math.max(1, Math.min(count * 4, count * STEP_NANOS / nanos));
        } while (java && isUseful(rates, System.nanoTime() - begin));
    }

    private boolean isUseful(List<Double> rates, long elapsed) {
        if (elapsed < workload.warmUpNanos() || rates.size() < 2 * STEPS) {
            return true;
        }
        int before = rates.size() - STEPS;
        double last = Collections.max(rates.subList(before, rates.size()));
        double best = Collections.max(rates.subList(0, before));
        return last > best * FASTER && elapsed < PATIENCE * workload.warmUpNanos();
    }
}
