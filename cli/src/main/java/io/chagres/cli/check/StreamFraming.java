// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Ipc;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Whole messages over streams of bytes that know no messages: each follows its length, an unsigned
 * number of four bytes in the machine's order. The C peers do the same with {@code
 * native/peers/stream.h}.
 *
 * <p>What a timeout has cut short is kept here, and the next call goes on with it: a send with the
 * rest of the message that it was given first.
 */
final class StreamFraming {

    /** Where bytes come from. */
    interface Source {
        /**
         * Reads what is there, and waits while that is nothing.
         *
         * @return a count above 0, {@link Ipc#EOF} or {@link Ipc#TIMED_OUT}
         */
        int read(MemorySegment target, Duration timeout) throws IOException, InterruptedException;
    }

    /** Where bytes go to. */
    interface Sink {
        /**
         * Writes what there is room for, and waits while that is nothing.
         *
         * @return a count above 0, or {@link Ipc#TIMED_OUT}
         */
        int write(MemorySegment source, Duration timeout) throws IOException, InterruptedException;
    }

    private static final int HEADER = Integer.BYTES;

    private final int max;
    private final Source source;
    private final Sink sink;

    /** A message with its header, as far as it has come. */
    private final MemorySegment incoming;

    private long received;

    /** A message with its header, of which {@link #unsent} bytes are still to go. */
    private final MemorySegment outgoing;

    private long end;
    private long unsent;

    /**
     * @param max longest message in bytes, both ways
     */
    StreamFraming(int max, Source source, Sink sink) {
        this.max = max;
        this.source = source;
        this.sink = sink;
        Arena arena = Arena.ofAuto();
        incoming = arena.allocate(HEADER + (long) max, HEADER);
        outgoing = arena.allocate(HEADER + (long) max, HEADER);
    }

    /** As {@link Exchange#send}. */
    boolean send(MemorySegment message, Duration timeout) throws IOException, InterruptedException {
        if (unsent == 0) {
            int length = Math.toIntExact(message.byteSize());
            MemorySegment.copy(message, 0, outgoing, HEADER, length);
            outgoing.set(ValueLayout.JAVA_INT, 0, length);
            end = HEADER + (long) length;
            unsent = end;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        while (unsent > 0) {
            int written = sink.write(outgoing.asSlice(end - unsent, unsent), until(deadline));
            if (written <= 0) {
                return false;
            }
            unsent -= written;
        }
        return true;
    }

    /** As {@link Exchange#receive}. */
    int receive(MemorySegment buffer, Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!fill(HEADER, deadline)) {
            return Ipc.TIMED_OUT;
        }
        int length = incoming.get(ValueLayout.JAVA_INT, 0);
        if (length < 0 || length > max) {
            throw new WrongPayloadException(
                    "a message of "
                            + Integer.toUnsignedString(length)
                            + " bytes is announced; the longest has "
                            + max);
        }
        if (!fill(HEADER + (long) length, deadline)) {
            return Ipc.TIMED_OUT;
        }
        received = 0;
        MemorySegment.copy(incoming, HEADER, buffer, 0, length);
        return length;
    }

    /** Whether as much has come. Never reads more, which would be of the next message. */
    private boolean fill(long wanted, long deadline) throws IOException, InterruptedException {
        while (received < wanted) {
            int read = source.read(incoming.asSlice(received, wanted - received), until(deadline));
            if (read == Ipc.EOF) {
                throw new EOFException(
                        "the stream has ended" + (received == 0 ? "" : " within a message"));
            }
            if (read <= 0) {
                return false;
            }
            received += read;
        }
        return true;
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
