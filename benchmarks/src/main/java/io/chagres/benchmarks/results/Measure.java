// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonValue;

/** What two contenders are compared by. */
public enum Measure {
    /** Nanoseconds of a message there and one back: the smaller, the better. */
    ROUND_TRIP("roundTrip"),
    /** Messages per second in one direction: the greater, the better. */
    THROUGHPUT("throughput");

    private final String id;

    Measure(String id) {
        this.id = id;
    }

    /** As it stands in the JSON. */
    @JsonValue
    @Override
    public String toString() {
        return id;
    }
}
