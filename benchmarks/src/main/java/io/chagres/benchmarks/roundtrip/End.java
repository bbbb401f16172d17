// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import io.chagres.IpcException;
import java.io.IOException;

/**
 * One end of a mechanism. Each process loads one kind only, so that its calls are as direct as a
 * program's own. {@code native/baselines/roundtrip.c} does the same in C.
 */
abstract class End {

    /** Bytes of a message, where there are any. */
    static final int LENGTH = 64;

    /** The driver's: makes what the names name. */
    abstract void create() throws IOException;

    /** Opens what {@link #create} has made, once both ends run. */
    abstract void join() throws IOException, InterruptedException;

    /** The driver's: removes the names, once both ends have opened them. */
    abstract void removeNames() throws IOException;

    /** What the echo is told to join. */
    abstract String peerName() throws IOException;

    /** Sends a message to the other end. */
    abstract void send() throws IpcException, InterruptedException;

    /** Awaits a message of the other end. */
    abstract void receive() throws IpcException, InterruptedException;

    /** Makes so many round trips. */
    final void drive(long count) throws IpcException, InterruptedException {
        for (long i = 0; i < count; i++) {
            send();
            receive();
        }
    }

    /** Answers so many. */
    final void echo(long count) throws IpcException, InterruptedException {
        for (long i = 0; i < count; i++) {
            receive();
            send();
        }
    }
}
