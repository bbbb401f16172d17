// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.ends.JavaEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in the measurement of a mechanism.
 *
 * @param mechanism of which it is a contender
 * @param id its name
 * @param program in C what {@code native/baselines} calls it, in Java the mechanism of its ends
 * @param java its ends in Java; null if they are in C
 */
public record Contender(Mechanism mechanism, String id, String program, @Nullable JavaEnd java) {

    /** What everything is compared with that is not C. */
    static final String CHAGRES = "chagres";

    static final String CALL_LAYER = "chagres-call";
    static final String THREADED_C = "c-threaded";
    static final String JDK = "jdk";
    static final String JUNIXSOCKET = "junixsocket";
    private static final String C = "c";

    /** Chagres as it is built in another checkout, to compare before and after. */
    public static final String OTHER = "chagres-other";

    /**
     * Two ends that hand one line of the cache to each other, which nothing that spins can beat.
     */
    private static final String FLOOR = "floor";

    /** All of a mechanism, whether they can run here or not. */
    static List<Contender> of(Mechanism mechanism) {
        List<Contender> contenders = new ArrayList<>();
        for (String id : List.of(THREADED_C, C)) {
            contenders.add(new Contender(mechanism, id, mechanism.id(), null));
        }
        add(contenders, mechanism, mechanism.id(), "");
        contenders.stream()
                .filter(c -> c.id.equals(CHAGRES))
                .map(c -> new Contender(mechanism, OTHER, c.program, c.java))
                .findFirst()
                .ifPresent(contenders::add);
        if (mechanism.spins()) {
            contenders.add(new Contender(mechanism, FLOOR + "-c", FLOOR, null));
            add(contenders, mechanism, FLOOR, FLOOR + "-");
        }
        return contenders;
    }

    private static void add(
            List<Contender> contenders, Mechanism mechanism, String program, String prefix) {
        JavaEnd.ALL.stream()
                .filter(end -> end.mechanism().equals(program))
                .map(end -> new Contender(mechanism, prefix + end.contender(), program, end))
                .forEach(contenders::add);
    }

    /** Every id there is. */
    public static Stream<String> ids() {
        return Mechanism.ALL.stream().flatMap(m -> of(m).stream()).map(Contender::id).distinct();
    }

    boolean isOther() {
        return id.equals(OTHER);
    }

    boolean isFloor() {
        return program.equals(FLOOR);
    }

    boolean isThreaded() {
        return !id.equals(C);
    }
}
