// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where the two ends run. */
public enum Placement {
    /** Both on one core. */
    SAME("one core"),
    /** Each on a core of its own. */
    SPLIT("two cores"),
    /** Where the system puts them. */
    FREE("free");

    private final String title;

    Placement(String title) {
        this.title = title;
    }

    /** As a person reads it. */
    public String title() {
        return title;
    }

    /** As it is typed, and stands in the JSON. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
