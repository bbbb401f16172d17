// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

/** The least that a user of the call layer does with a result. */
final class Results {

    private Results() {}

    /**
     * Looks whether a call has failed.
     *
     * @return the result
     */
    static long check(long result) {
        if (result < 0) {
            throw new IllegalStateException("errno " + -result);
        }
        return result;
    }

    /** The same for a call that returns an {@code int}. */
    static int check(int result) {
        check((long) result);
        return result;
    }
}
