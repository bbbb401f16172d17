// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Ipc;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The peer's part against a driver that does not do its own. */
@Tag("unit")
class PeerMainTest {

    private static final int MAX = 64;
    private static final Phases ONE_ROUND_TRIP = new Phases(0, 1, 0);

    @Test
    void anAnswerThatNobodyTakesIsAnError() {
        assertThatThrownBy(() -> PeerMain.answer(new BadDriver(MAX), ONE_ROUND_TRIP, MAX))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("answer 0 not taken");
    }

    @Test
    void aMessageThatDoesNotComeIsAnError() {
        assertThatThrownBy(() -> PeerMain.answer(new BadDriver(Ipc.TIMED_OUT), ONE_ROUND_TRIP, MAX))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no message 0");
    }

    /** Sends the first request or nothing, and takes no answer. */
    private record BadDriver(int received) implements Exchange {
        @Override
        public boolean send(MemorySegment message, Duration timeout) {
            return false;
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout) {
            Payload.fill(buffer, 0, Payload.REQUEST);
            return received;
        }

        @Override
        public void close() {}
    }
}
