// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.LeftOut;
import io.chagres.benchmarks.results.Placement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a run, and what is left out before it begins.
 *
 * @param groups in their order
 * @param leftOut what cannot be measured here
 */
record Plan(List<Step> groups, List<LeftOut> leftOut) {

    /** A group and who takes part. */
    record Step(
            Mechanism mechanism,
            Placement placement,
            Workload workload,
            List<Contender> contenders) {

        /** About how long it takes. */
        double seconds(Effort effort) {
            int starts = Math.ceilDiv(effort.rounds(), effort.roundsOfProcesses());
            return starts * secondsToStart() + effort.rounds() * secondsOfRound();
        }

        /** About how long it takes to start everybody. */
        double secondsToStart() {
            return contenders.stream()
                    .mapToDouble(c -> workload.secondsToStart(c.java() != null))
                    .sum();
        }

        /** About how long a round of everybody takes. */
        double secondsOfRound() {
            return contenders.size() * workload.secondsOfRound();
        }

        /** As a person reads it. */
        String title() {
            return mechanism.id() + ", " + placement.title() + ", " + workload.size() + " bytes";
        }
    }

    static Plan of(Selection selection, Commands commands, Cpus cpus, Effort effort) {
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>());
        for (Mechanism mechanism : selection.chosenMechanisms()) {
            List<Contender> contenders = plan.present(selection, commands, mechanism);
            for (Placement placement : selection.chosenPlacements(mechanism)) {
                String refusal = refusal(mechanism, placement, cpus);
                if (!refusal.isEmpty()) {
                    plan.leaveOut(mechanism, null, placement, null, refusal);
                } else {
                    plan.addSizes(selection, mechanism, placement, contenders, effort);
                }
            }
        }
        return plan;
    }

    private List<Contender> present(Selection selection, Commands commands, Mechanism mechanism) {
        List<Contender> present = new ArrayList<>();
        for (Contender contender : selection.chosenContenders(mechanism)) {
            String missing = commands.missing(contender);
            if (missing.isEmpty()) {
                present.add(contender);
            } else {
                leaveOut(mechanism, contender.id(), null, null, missing);
            }
        }
        return present;
    }

    private void addSizes(
            Selection selection,
            Mechanism mechanism,
            Placement placement,
            List<Contender> contenders,
            Effort effort) {
        for (int size : selection.chosenSizes()) {
            if (size > mechanism.longest()) {
                String reason = "a message has at most " + mechanism.longest() + " bytes";
                leaveOut(mechanism, null, placement, size, reason);
            } else if (!contenders.isEmpty()) {
                groups.add(new Step(mechanism, placement, Workload.of(size, effort), contenders));
            }
        }
    }

    private static String refusal(Mechanism mechanism, Placement placement, Cpus cpus) {
        if (!cpus.allow(placement)) {
            return "this process may use one CPU only";
        }
        if (mechanism.spins() && (placement == Placement.SAME || cpus.count() == 1)) {
            return "its ends poll memory: on one core each would wait for the other's time slice";
        }
        return "";
    }

    private void leaveOut(
            Mechanism mechanism,
            @Nullable String contender,
            @Nullable Placement placement,
            @Nullable Integer size,
            String reason) {
        leftOut.add(LeftOut.ofExchange(mechanism.id(), contender, placement, size, reason));
    }
}
