// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Ipc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class MailboxTest {

    private static final int MAX = 100;
    private static final int MESSAGES = 1_000;
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MemorySegment slot = Arena.ofAuto().allocate(Mailbox.size(MAX), Long.BYTES);
    private final Counter full = new Counter(0);
    private final Counter empty = new Counter(1);
    private final Mailbox mailbox = new Mailbox(slot, full, empty);
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[MAX]);

    private static MemorySegment message(long number) {
        MemorySegment message = MemorySegment.ofArray(new byte[Payload.variedLength(number, MAX)]);
        Payload.fill(message, number, Payload.REQUEST);
        return message;
    }

    @Test
    void messagesArriveInOrderWithTheirLengths() throws Exception {
        CompletableFuture<Void> sender =
                CompletableFuture.runAsync(
                        () -> {
                            for (long i = 0; i < MESSAGES; i++) {
                                assertThat(send(message(i))).isTrue();
                            }
                        });
        for (long i = 0; i < MESSAGES; i++) {
            int received = mailbox.receive(buffer, LONG);
            int length = Payload.variedLength(i, MAX);
            Payload.verify(buffer.asSlice(0, received), i, Payload.REQUEST, length);
        }
        sender.join();
    }

    private boolean send(MemorySegment message) {
        try {
            return mailbox.send(message, LONG);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneMessageFillsItAndNoneEmptiesIt() throws Exception {
        assertThat(mailbox.receive(buffer, SOON)).isEqualTo(Ipc.TIMED_OUT);
        assertThat(mailbox.send(message(1), SOON)).isTrue();
        assertThat(mailbox.send(message(2), SOON)).isFalse();
        int received = mailbox.receive(buffer, SOON);
        Payload.verify(buffer.asSlice(0, received), 1, Payload.REQUEST, 1);
        assertThat(mailbox.send(message(2), SOON)).isTrue();
    }

    @Test
    void theLengthIsAtTheBeginningAndTheMessageAtEight() throws Exception {
        mailbox.send(MemorySegment.ofArray(new byte[] {7, 8, 9}), SOON);
        assertThat(slot.get(ValueLayout.JAVA_INT, 0)).isEqualTo(3);
        assertThat(slot.asSlice(8, 3).toArray(ValueLayout.JAVA_BYTE)).containsExactly(7, 8, 9);
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void aLengthOutOfBoundsIsAnError(int length) throws Exception {
        mailbox.send(message(1), SOON);
        slot.set(ValueLayout.JAVA_INT, 0, length);
        assertThatThrownBy(() -> mailbox.receive(buffer, SOON))
                .isInstanceOf(WrongPayloadException.class)
                .hasMessageContaining(Integer.toUnsignedString(length));
    }

    @Test
    void slotsCanFollowEachOther() {
        assertThat(Mailbox.size(1)).isEqualTo(16);
        assertThat(Mailbox.size(8)).isEqualTo(16);
        assertThat(Mailbox.size(9)).isEqualTo(24);
    }

    /** A semaphore of this process. */
    private static final class Counter implements Mailbox.Semaphore {
        private final java.util.concurrent.Semaphore permits;

        Counter(int permits) {
            this.permits = new java.util.concurrent.Semaphore(permits);
        }

        @Override
        public boolean acquire(Duration timeout) throws InterruptedException {
            return permits.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void release() {
            permits.release();
        }
    }
}
