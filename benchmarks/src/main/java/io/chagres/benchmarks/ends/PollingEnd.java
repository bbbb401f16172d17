// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;

/** An end that asks again and again whether it can send, and whether something has come. */
abstract class PollingEnd extends End {

    /** As many as the libraries' own examples take at once. */
    private static final int BATCH = 64;

    /** Messages of a stream that were received with one before. */
    private int ahead;

    private final Spin spin;

    PollingEnd(Role role) {
        super(role);
        spin = new Spin(role);
    }

    /** Sends the message, if there is room for it. */
    abstract boolean offer() throws IOException;

    /**
     * Copies what has come into {@link #answer}, one after the other.
     *
     * @param limit of messages
     * @return how many have come, maybe 0
     */
    abstract int poll(int limit) throws IOException;

    @Override
    final void send() throws IOException {
        for (int failed = 0; !offer(); failed++) {
            spin.pause(failed);
        }
    }

    @Override
    final void receive() throws IOException {
        await(1);
    }

    /** What follows it belongs to the same stream, whose sender waits for an answer at its end. */
    @Override
    final void receiveNext() throws IOException {
        if (ahead == 0) {
            ahead = await(BATCH);
        }
        ahead--;
    }

    private int await(int limit) throws IOException {
        int received = poll(limit);
        for (int failed = 0; received == 0; failed++) {
            spin.pause(failed);
            received = poll(limit);
        }
        return received;
    }
}
