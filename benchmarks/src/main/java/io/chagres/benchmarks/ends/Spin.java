// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

/**
 * What an end does that polls memory and finds nothing. An echo sleeps after a while, so that the
 * others have the cores to themselves. A driver has something to wait for only while it measures;
 * and if both slept, each would come to do so whenever the other one answers.
 */
final class Spin {

    /** Some milliseconds, which is as long as a scheduler may keep the other end from running. */
    private static final int POLLS = 200_000;

    private static final long NAP_MILLIS = 5;

    private final boolean naps;

    Spin(Role role) {
        naps = !role.driver();
    }

    /**
     * Waits a little.
     *
     * @param failed polls in a row before this one
     * @return the same with this one
     */
    int pause(int failed) throws InterruptedException {
        if (failed < POLLS) {
            Thread.onSpinWait();
            return failed + 1;
        }
        if (naps) {
            Thread.sleep(NAP_MILLIS);
        }
        return failed;
    }
}
