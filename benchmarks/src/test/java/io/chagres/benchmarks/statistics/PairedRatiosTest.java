// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.chagres.benchmarks.results.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PairedRatiosTest {

    private static final int ROUNDS = 21;
    private static final double TARGET = 1.08;

    /** Values of rounds that are so much slower than C's, with so much noise of their own. */
    private static PairedRatios slowerBy(double factor, double noise) {
        Random random = new Random(7);
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            double machine = 1 + random.nextDouble(); // the noise that both have
            theirs[i] = 2000 * machine;
            ours[i] = theirs[i] * factor * Math.exp(noise * random.nextGaussian());
        }
        return PairedRatios.of(ours, theirs);
    }

    @Test
    void whatDisturbsBothAlikeDoesNotWidenTheInterval() {
        PairedRatios ratios = slowerBy(1.04, 0);
        assertThat(ratios.median()).isCloseTo(1.04, within(1e-9));
        assertThat(ratios.high() - ratios.low()).isLessThan(1e-9);
        assertThat(ratios.atMost(TARGET)).isEqualTo(Verdict.MET);
    }

    @Test
    void aFifthSlowerIsMissedEvenWithNoise() {
        assertThat(slowerBy(1.2, 0.05).atMost(TARGET)).isEqualTo(Verdict.MISSED);
        assertThat(slowerBy(1 / 1.2, 0.05).atLeast(0.95)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void anIntervalThatHoldsTheTargetIsUndecidedWhenItIsWide() {
        PairedRatios wide = slowerBy(1.07, 0.5);
        assertThat(wide.low()).isLessThan(TARGET);
        assertThat(wide.high()).isGreaterThan(TARGET);
        assertThat(wide.atMost(TARGET)).isEqualTo(Verdict.UNDECIDED);
        assertThat(wide.atLeast(TARGET)).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aMedianOnTheBadSideIsNeverMet() {
        PairedRatios ratios = new PairedRatios(1.09, 1.07, 1.11, 21);
        assertThat(ratios.atMost(TARGET)).isEqualTo(Verdict.UNDECIDED);
        assertThat(ratios.atLeast(1.1)).isEqualTo(Verdict.UNDECIDED);
        assertThat(ratios.atMost(1.1)).isEqualTo(Verdict.MET);
        assertThat(ratios.atLeast(TARGET)).isEqualTo(Verdict.MET);
    }

    @Test
    void aWideIntervalBesideTheTargetIsUndecided() {
        assertThat(new PairedRatios(0.81, 0.66, 0.895, 21).atLeast(0.95))
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(new PairedRatios(1.18, 0.992, 1.262, 21).atLeast(0.95))
                .isEqualTo(Verdict.UNDECIDED);
        assertThat(new PairedRatios(1.28, 1.206, 1.425, 21).atMost(TARGET))
                .isEqualTo(Verdict.MISSED);
        assertThat(new PairedRatios(1.2, 1.1, 1.425, 21).atMost(TARGET))
                .isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aNarrowIntervalIsMissedAsSoonAsAllOfItIsBeyond() {
        assertThat(new PairedRatios(1.1, 1.081, 1.12, 21).atMost(TARGET)).isEqualTo(Verdict.MISSED);
        assertThat(new PairedRatios(0.93, 0.91, 0.949, 21).atLeast(0.95)).isEqualTo(Verdict.MISSED);
    }

    @Test
    void anIntervalThatIsWiderThanWhatTheTargetAllowsIsWide() {
        PairedRatios ratios = new PairedRatios(1.02, 0.98, 1.05, 21);
        assertThat(ratios.atMost(TARGET)).isEqualTo(Verdict.MET);
        assertThat(ratios.atMost(1.03)).isEqualTo(Verdict.UNDECIDED);
        assertThat(new PairedRatios(1.02, 1.01, 1.028, 21).atMost(1.03)).isEqualTo(Verdict.MET);
    }

    @Test
    void fewPairsDecideNothing() {
        for (int pairs = 1; pairs < PairedRatios.FEWEST; pairs++) {
            assertThat(new PairedRatios(2, 2, 2, pairs).atMost(TARGET))
                    .isEqualTo(Verdict.UNDECIDED);
            assertThat(new PairedRatios(1, 1, 1, pairs).atMost(TARGET))
                    .isEqualTo(Verdict.UNDECIDED);
        }
    }

    @Test
    void aWideIntervalOnTheGoodSideIsMet() {
        assertThat(slowerBy(0.3, 0.5).atMost(TARGET)).isEqualTo(Verdict.MET);
        assertThat(slowerBy(5, 0.5).atLeast(TARGET)).isEqualTo(Verdict.MET);
    }

    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(PairedRatios.medianOf(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(PairedRatios.medianOf(new double[] {9, 1, 5, 7})).isEqualTo(6);
    }
}
