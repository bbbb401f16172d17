// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.harness;

import io.chagres.benchmarks.results.Measure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A contender in the rounds of a group, and what they have shown. */
final class Samples implements AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int DIGITS = 3;

    /** One in so many round trips is timed by itself, which costs time too. */
    private static final int TIMED = 4;

    private static final String TRIPS = "trips";
    private static final String TIMES = "times";
    private static final String STREAM = "stream";

    final Contender contender;
    Pair pair;
    private final Workload workload;
    private long trips = 1;
    private long messages = 1;

    private final List<Double> nanosPerTrip = new ArrayList<>();
    private final List<Double> messagesPerSecond = new ArrayList<>();
    private final Histogram times = new Histogram(DIGITS);
    private long bytes;
    private long operations;

    /** What one round has shown. */
    record Round(double nanosPerTrip, double messagesPerSecond, long bytes, Histogram times) {}

    Samples(Contender contender, Pair pair, Workload workload) {
        this.contender = contender;
        this.pair = pair;
        this.workload = workload;
    }

    /** Goes on with processes of their own luck; what was measured stays. */
    void goOnWith(Pair next) {
        pair.close();
        pair = next;
    }

    boolean makesRoundTrips() {
        return workload.roundTrips();
    }

    boolean streams() {
        return workload.streams() && !contender.isFloor();
    }

    /** Runs until it gets no faster; a compiler in C has done all before. */
    void warmUp() throws IOException {
        WarmUp warmUp = new WarmUp(pair, workload, contender.java() != null);
        if (makesRoundTrips()) {
            warmUp.run(TRIPS);
            warmUp.run(TIMES);
        }
        if (streams()) {
            warmUp.run(STREAM);
        }
    }

    /** Finds out how many messages make a round. */
    void calibrate() throws IOException {
        if (makesRoundTrips()) {
            trips = perRound(TRIPS);
        }
        if (streams()) {
            messages = perRound(STREAM);
        }
    }

    private long perRound(String order) throws IOException {
        long count = 1;
        while (true) {
            long nanos = Math.max(1, pair.run(order, count).nanos());
            if (nanos > workload.roundNanos() / 2) {
                // Twice: one pause that has nothing to do with it would make all rounds too short.
                nanos = Math.max(1, Math.min(nanos, pair.run(order, count).nanos()));
            }
            if (nanos > workload.roundNanos() / 2) {
                return Math.max(1, count * workload.roundNanos() / nanos);
            }
            count =
                    Math.max(
                            count + 1, Math.min(count * 10, count * workload.roundNanos() / nanos));
        }
    }

    Round round() throws IOException {
        long allocated = 0;
        double nanos = 0;
        double rate = 0;
        Histogram single = new Histogram(DIGITS);
        if (makesRoundTrips()) {
            Answer answer = pair.run(TRIPS, trips);
            nanos = (double) answer.nanos() / trips;
            allocated += answer.bytes();
            single = pair.run(TIMES, Math.max(1, trips / TIMED)).times();
        }
        if (streams()) {
            Answer answer = pair.run(STREAM, messages);
            rate = messages * NANOS_PER_SECOND / answer.nanos();
            allocated += answer.bytes();
        }
        return new Round(nanos, rate, allocated, single);
    }

    void keep(Round round) {
        nanosPerTrip.add(round.nanosPerTrip());
        messagesPerSecond.add(round.messagesPerSecond());
        times.add(round.times());
        bytes += round.bytes();
        // a round trip is a message sent and one received
        operations += (makesRoundTrips() ? 2 * trips : 0) + (streams() ? messages : 0);
    }

    boolean has(Measure measure) {
        return measure == Measure.ROUND_TRIP ? makesRoundTrips() : streams();
    }

    /** Of each round. */
    double[] values(Measure measure) {
        return (measure == Measure.ROUND_TRIP ? nanosPerTrip : messagesPerSecond)
                .stream().mapToDouble(Double::doubleValue).toArray();
    }

    Histogram times() {
        return times;
    }

    double bytesPerOperation() {
        return operations == 0 ? 0 : (double) bytes / operations;
    }

    @Override
    public void close() {
        pair.close();
    }
}
