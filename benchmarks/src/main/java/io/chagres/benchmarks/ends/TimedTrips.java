// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Round trips that are timed one by one. */
final class TimedTrips {

    /** Below one hundredth of a time. */
    private static final int DIGITS = 2;

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final End end;
    private final Histogram histogram = new Histogram(1, LONGEST_NANOS, DIGITS);

    TimedTrips(End end) {
        this.end = end;
    }

    /** Makes so many, and returns how many took how long: {@code NANOS:COUNT,NANOS:COUNT...}. */
    String make(long count) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (long i = 0; i < count; i++) {
            end.send();
            end.receive();
            long now = System.nanoTime();
            histogram.recordValue(Math.min(now - begin, LONGEST_NANOS));
            begin = now;
        }
        StringJoiner counts = new StringJoiner(",");
        for (HistogramIterationValue value : histogram.recordedValues()) {
            counts.add(value.getValueIteratedTo() + ":" + value.getCountAddedInThisIterationStep());
        }
        return counts.toString();
    }
}
