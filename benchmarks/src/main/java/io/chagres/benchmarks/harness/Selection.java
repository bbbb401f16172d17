// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.Placement;
import java.util.List;

/**
 * What is to be measured; an empty list stands for everything.
 *
 * @param mechanisms ids
 * @param contenders ids
 * @param placements where the ends run; if empty and {@code quick}, each mechanism's own one
 * @param sizes bytes of a message
 * @param quick whether one placement will do
 * @param otherClassPath of another build to compare with; empty if there is none
 */
public record Selection(
        List<String> mechanisms,
        List<String> contenders,
        List<Placement> placements,
        List<Integer> sizes,
        boolean quick,
        String otherClassPath) {

    /** The sizes that are measured. */
    public static final List<Integer> SIZES = List.of(64, 4096, 65536);

    /** Whether anybody is left to be measured. */
    public boolean hasContenders() {
        return chosenMechanisms().stream().anyMatch(m -> !chosenContenders(m).isEmpty());
    }

    List<Mechanism> chosenMechanisms() {
        return Mechanism.ALL.stream()
                .filter(m -> mechanisms.isEmpty() || mechanisms.contains(m.id()))
                .toList();
    }

    List<Contender> chosenContenders(Mechanism mechanism) {
        return Contender.of(mechanism).stream()
                .filter(c -> contenders.isEmpty() || contenders.contains(c.id()))
                .filter(c -> !c.isOther() || !otherClassPath.isEmpty())
                .toList();
    }

    List<Placement> chosenPlacements(Mechanism mechanism) {
        if (!placements.isEmpty()) {
            return placements;
        }
        return quick ? List.of(mechanism.mostTelling()) : List.of(Placement.values());
    }

    List<Integer> chosenSizes() {
        if (!sizes.isEmpty()) {
            return sizes;
        }
        return quick ? SIZES.subList(0, 1) : SIZES;
    }
}
