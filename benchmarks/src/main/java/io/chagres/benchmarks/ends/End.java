// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One end of a mechanism. Each process loads one kind only, so that its calls are as direct as a
 * program's own.
 *
 * <p>A message begins with the number of messages that follow it without an answer each; so the
 * echo needs no other orders.
 */
abstract class End {

    /** A page each, as {@code native/baselines/pair.h} has them. */
    private static final int ALIGNMENT = 4096;

    final Role role;
    final int size;

    /** What is sent. */
    final MemorySegment message;

    /** What was received last. */
    final MemorySegment answer;

    /** An end with its messages outside of the heap. */
    End(Role role) {
        this(
                role,
                Arena.global().allocate(role.size(), ALIGNMENT),
                Arena.global().allocate(role.size(), ALIGNMENT));
    }

    End(Role role, MemorySegment message, MemorySegment answer) {
        this.role = role;
        this.size = role.size();
        this.message = message;
        this.answer = answer;
    }

    /** The driver's: makes what the names name. */
    abstract void create() throws IOException;

    /** Opens what {@link #create} has made, once both ends run. */
    abstract void join() throws IOException, InterruptedException;

    /** The driver's: removes the names, once both ends have opened them. */
    abstract void removeNames() throws IOException;

    /** The driver's: removes at its end what the ends need until then. */
    void removeRest() throws IOException {
        // mostly nothing
    }

    /** What the echo is told to join. */
    String peerName() throws IOException {
        return role.names().toString();
    }

    /** The echo of a mechanism inside of one process; made after {@link #create}. */
    End twin() {
        throw new IllegalStateException("two processes");
    }

    /** Sends the message to the other end. */
    abstract void send() throws IOException, InterruptedException;

    /** Awaits a message of the other end. */
    abstract void receive() throws IOException, InterruptedException;

    /** Sends one of many that are not answered; for a mechanism that would lose or mix them. */
    void sendNext() throws IOException, InterruptedException {
        send();
    }

    /** Receives one of these. */
    void receiveNext() throws IOException, InterruptedException {
        receive();
    }

    /** Makes so many round trips. */
    final void roundTrips(long count) throws IOException, InterruptedException {
        for (long i = 0; i < count; i++) {
            send();
            receive();
        }
    }

    /** Sends so many in one direction, and returns when the other end has received all. */
    final void stream(long count) throws IOException, InterruptedException {
        message.set(JAVA_LONG_UNALIGNED, 0, count);
        send();
        message.set(JAVA_LONG_UNALIGNED, 0, 0);
        sendAll(count);
        receive();
    }

    private void sendAll(long count) throws IOException, InterruptedException {
        for (long i = 0; i < count; i++) {
            sendNext();
        }
    }

    /** Answers so many; not those of a stream. */
    final void echo(long count) throws IOException, InterruptedException {
        for (long i = 0; i < count; i++) {
            receive();
            long following = answer.get(JAVA_LONG_UNALIGNED, 0);
            if (following != 0) {
                receiveAll(following);
            }
            send();
        }
    }

    private void receiveAll(long count) throws IOException, InterruptedException {
        for (long i = 0; i < count; i++) {
            receiveNext();
        }
    }
}
