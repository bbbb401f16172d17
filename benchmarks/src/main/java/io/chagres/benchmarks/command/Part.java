// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What can be measured, in the order in which it is. */
enum Part {
    /** Messages between two processes. */
    EXCHANGE,
    /** Calls of C, and the facade against the call layer. */
    CALLS,
    /** The first message of a cold JVM. */
    START_UP;

    /** As they are typed. */
    static final class Ids extends Choices {
        private static final long serialVersionUID = 1L;

        Ids() {
            super("part", Stream.of(values()).map(Part::toString));
        }
    }

    /**
     * The chosen ones.
     *
     * @param ids of {@link Ids}; if there are none, it depends
     * @param exchangeByDefault whether the exchanges alone are then meant, or everything
     */
    static Set<Part> of(List<String> ids, boolean exchangeByDefault) {
        if (ids.isEmpty()) {
            return exchangeByDefault ? EnumSet.of(EXCHANGE) : EnumSet.allOf(Part.class);
        }
        Set<Part> chosen = EnumSet.allOf(Part.class);
        chosen.removeIf(part -> !ids.contains(part.toString()));
        return chosen;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
