// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a ratio is where it should be. */
public enum Verdict {
    /** The interval reaches the good side of the target. */
    MET,
    /** All of the interval is on the bad side. */
    MISSED,
    /** The target is inside of an interval too wide to decide. */
    UNDECIDED,
    /** There is no target. */
    NONE;

    /** As it stands in the JSON. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
