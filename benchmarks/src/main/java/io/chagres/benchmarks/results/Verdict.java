// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether something is where it should be. */
public enum Verdict {
    /** The median is on the good side, and the interval narrow or all of it there. */
    MET,
    /** All of the interval is on the bad side. */
    MISSED,
    /** The target is inside of the interval, and that is wide or its median on the bad side. */
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
