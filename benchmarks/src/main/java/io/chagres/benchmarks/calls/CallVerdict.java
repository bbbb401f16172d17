// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

/**
 * A target and whether it is met.
 *
 * @param what is compared with what
 * @param measured with its interval
 * @param bound that it must not exceed
 * @param verdict of the comparison
 */
public record CallVerdict(String what, String measured, String bound, Verdict verdict) {

    /** Whether a target is met. */
    public enum Verdict {
        /** All of the interval is within the bound. */
        MET,
        /** None of it is. */
        MISSED,
        /** The bound is inside, or the measurement too short to tell. */
        UNDECIDED;

        static Verdict of(Interval measured, double bound) {
            if (measured.sure() && measured.high() <= bound) {
                return MET;
            }
            return measured.sure() && measured.low() > bound ? MISSED : UNDECIDED;
        }
    }
}
