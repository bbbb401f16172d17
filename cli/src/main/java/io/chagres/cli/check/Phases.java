// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.util.List;

/**
 * How many messages a check exchanges.
 *
 * @param varied round trips with messages of varying length
 * @param fixed round trips with messages of {@link Payload#FIXED_LENGTH} bytes, which are timed
 * @param streamed messages of that length without an answer each, which are timed as a whole
 */
record Phases(long varied, long fixed, long streamed) {

    static final Phases STANDARD = new Phases(500, 5_000, 20_000);

    long paired() {
        return varied + fixed;
    }

    long all() {
        return varied + fixed + streamed;
    }

    /** The length of a message and of its answer. */
    int length(long number, int max) {
        return number < varied ? Payload.variedLength(number, max) : Payload.FIXED_LENGTH;
    }

    List<String> asArguments() {
        return List.of(Long.toString(varied), Long.toString(fixed), Long.toString(streamed));
    }

    static Phases ofArguments(String varied, String fixed, String streamed) {
        return new Phases(Long.parseLong(varied), Long.parseLong(fixed), Long.parseLong(streamed));
    }
}
