// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.Measure;
import io.chagres.benchmarks.results.Percentiles;
import io.chagres.benchmarks.results.Placement;
import io.chagres.benchmarks.results.Result;
import io.chagres.benchmarks.statistics.PairedRatios;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the results of a group.
 *
 * @param mechanism of the group
 * @param placement of the group
 * @param size of its messages
 * @param foreign CPU of each round
 * @param disturbed how many of these were
 */
record Summary(
        Mechanism mechanism, Placement placement, int size, List<Double> foreign, int disturbed) {

    Result of(Samples samples) {
        @Nullable Double rate =
                samples.streams()
                        ? PairedRatios.medianOf(samples.values(Measure.THROUGHPUT))
                        : null;
        return new Result(
                mechanism.id(),
                samples.contender.id(),
                placement,
                size,
                samples.makesRoundTrips() ? Percentiles.of(samples.times()) : null,
                rate,
                rate == null ? null : rate * size,
                samples.contender.java() == null ? null : samples.bytesPerOperation(),
                foreign.size(),
                disturbed,
                PairedRatios.medianOf(foreign.stream().mapToDouble(d -> d).toArray()));
    }
}
