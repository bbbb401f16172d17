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

    final Contender contender;
    final Pair pair;
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

    boolean makesRoundTrips() {
        return workload.roundTrips();
    }

    boolean streams() {
        return workload.streams() && !contender.isFloor();
    }

    /** Runs for a while, and finds out how many messages make a round. */
    void warmUp() throws IOException {
        long nanos = contender.java() == null ? workload.roundNanos() : workload.warmUpNanos();
        if (makesRoundTrips()) {
            trips = perRound("trips", nanos);
        }
        if (streams()) {
            messages = perRound("stream", nanos);
        }
    }

    private long perRound(String order, long warmUpNanos) throws IOException {
        long end = System.nanoTime() + warmUpNanos;
        long count = 1;
        while (true) {
            long nanos = Math.max(1, pair.run(order, count).nanos());
            if (System.nanoTime() >= end) {
                return Math.max(1, count * workload.roundNanos() / nanos);
            }
            // So that each takes about a tenth of the warming-up.
            count = Math.max(1, Math.min(count * 2, count * warmUpNanos / nanos / 10));
        }
    }

    Round round() throws IOException {
        long allocated = 0;
        double nanos = 0;
        double rate = 0;
        Histogram single = new Histogram(DIGITS);
        if (makesRoundTrips()) {
            Answer answer = pair.run("trips", trips);
            nanos = (double) answer.nanos() / trips;
            allocated += answer.bytes();
            single = pair.run("times", Math.max(1, trips / TIMED)).times();
        }
        if (streams()) {
            Answer answer = pair.run("stream", messages);
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
