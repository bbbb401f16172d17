// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether something is where it should be. */
public enum Verdict {
    /**
     * The median is on the good side; where the interval is wide, all of it, clear of the target.
     */
    MET,
    /** All of the interval is on the bad side; where it is wide, clear of the target. */
    MISSED,
    /** Neither. */
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
