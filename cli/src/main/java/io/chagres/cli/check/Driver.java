// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** This process's side of one check: sends, verifies the answers and takes the times. */
final class Driver {

    private static final int DIGITS = 3;

    private final MechanismCheck check;
    private final Exchange exchange;
    private final PeerProcess peer;
    private final Phases phases;
    private final Duration timeout;
    private final Histogram roundTrips = new Histogram(DIGITS);
    private long messages;
    private long bytes;

    Driver(
            MechanismCheck check,
            Exchange exchange,
            PeerProcess peer,
            Phases phases,
            Duration timeout) {
        this.check = check;
        this.exchange = exchange;
        this.peer = peer;
        this.phases = phases;
        this.timeout = timeout;
    }

    CheckResult run(PeerKind kind) throws IOException, InterruptedException {
        long streamNanos;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(check.maxMessage());
            for (long i = 0; i < phases.paired(); i++) {
                roundTrip(buffer, i);
            }
            streamNanos = stream(buffer);
        }
        return new CheckResult(
                check.mechanism().id(),
                kind.id(),
                CheckResult.Status.OK,
                messages,
                bytes,
                new CheckResult.RoundTrip(
                        roundTrips.getValueAtPercentile(50), roundTrips.getValueAtPercentile(99)),
                Math.round(phases.streamed() * 1e9 / streamNanos),
                check.note());
    }

    private void roundTrip(MemorySegment buffer, long number)
            throws IOException, InterruptedException {
        int length = phases.length(number, check.maxMessage());
        MemorySegment message = buffer.asSlice(0, length);
        Payload.fill(message, number, Payload.REQUEST);
        long begin = System.nanoTime();
        send(message);
        int received = receive(buffer);
        if (number >= phases.varied()) {
            roundTrips.recordValue(System.nanoTime() - begin);
        }
        verify(buffer, received, number, length);
    }

    /** Sends without waiting for answers, until the one that says all has arrived. */
    private long stream(MemorySegment buffer) throws IOException, InterruptedException {
        MemorySegment message = buffer.asSlice(0, Payload.FIXED_LENGTH);
        long begin = System.nanoTime();
        for (long i = phases.paired(); i < phases.all(); i++) {
            Payload.fill(message, i, Payload.REQUEST);
            send(message);
        }
        int received = receive(buffer);
        long nanos = System.nanoTime() - begin;
        verify(buffer, received, phases.all(), Payload.FIXED_LENGTH);
        return nanos;
    }

    private void verify(MemorySegment buffer, int received, long number, int length)
            throws IOException {
        Payload.verify(buffer.asSlice(0, received), number, Payload.REPLY, length);
        count(received);
    }

    private void count(long length) {
        messages++;
        bytes += length;
    }

    private void send(MemorySegment message) throws IOException, InterruptedException {
        PeerProcess.Look look = peer.look(timeout);
        while (!trySend(message)) {
            look.requireInTime("take a message");
        }
        count(message.byteSize());
    }

    private int receive(MemorySegment buffer) throws IOException, InterruptedException {
        PeerProcess.Look look = peer.look(timeout);
        int length = tryReceive(buffer);
        while (length < 0) {
            look.requireInTime("answer");
            length = tryReceive(buffer);
        }
        return length;
    }

    private boolean trySend(MemorySegment message) throws IOException, InterruptedException {
        try {
            return exchange.send(message, PeerProcess.LOOK);
        } catch (IOException e) {
            throw peer.reasonOf(e);
        }
    }

    private int tryReceive(MemorySegment buffer) throws IOException, InterruptedException {
        try {
            return exchange.receive(buffer, PeerProcess.LOOK);
        } catch (IOException e) {
            throw peer.reasonOf(e);
        }
    }
}
