// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HandleStateTest {

    private final HandleState state = new HandleState();

    @Test
    void whoClosesAnIdleHandleClosesTheDescriptor() {
        assertThat(state.isClosing()).isFalse();
        assertThat(state.close()).isTrue();
        assertThat(state.isClosing()).isTrue();
        assertThat(state.enter()).isFalse();
    }

    @Test
    void theSecondToCloseDoesNothing() {
        assertThat(state.close()).isTrue();
        assertThat(state.close()).isFalse();
    }

    @Test
    void theLastOneOutClosesTheDescriptor() {
        assertThat(state.enter()).isTrue();
        assertThat(state.enter()).isTrue();
        assertThat(state.close()).isFalse();
        assertThat(state.enter()).isFalse();
        assertThat(state.leave()).isFalse();
        assertThat(state.close()).isFalse();
        assertThat(state.leave()).isTrue();
        assertThat(state.close()).isFalse();
        assertThat(state.isClosing()).isTrue();
    }

    @Test
    void leavingAnOpenHandleClosesNothing() {
        assertThat(state.enter()).isTrue();
        assertThat(state.leave()).isFalse();
        assertThat(state.isClosing()).isFalse();
        assertThat(state.enter()).isTrue();
        assertThat(state.leave()).isFalse();
        assertThat(state.close()).isTrue();
    }

    @Test
    void underARaceItIsClosedOnceAndWithNobodyInside() throws Exception {
        for (int round = 0; round < 300; round++) {
            Race race = new Race();
            assertThat(race.run()).isEqualTo(1);
            assertThat(race.wrong.get()).isFalse();
        }
    }

    /** Two threads that come and go, and two that close. */
    private static final class Race {
        private final HandleState state = new HandleState();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger closings = new AtomicInteger();
        private final AtomicBoolean wrong = new AtomicBoolean();
        private final CountDownLatch start = new CountDownLatch(4);

        int run() throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                threads.add(Thread.ofPlatform().start(() -> together(this::comeAndGo)));
                threads.add(Thread.ofPlatform().start(() -> together(this::close)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return closings.get();
        }

        private void together(Runnable task) {
            start.countDown();
            while (start.getCount() > 0) {
                Thread.onSpinWait();
            }
            task.run();
        }

        private void comeAndGo() {
            while (state.enter()) {
                inside.incrementAndGet();
                if (closings.get() > 0) {
                    wrong.set(true); // the descriptor was closed under a caller
                }
                inside.decrementAndGet();
                closeIf(state.leave());
            }
        }

        private void close() {
            closeIf(state.close());
        }

        private void closeIf(boolean mine) {
            if (mine) {
                closings.incrementAndGet();
                wrong.compareAndSet(false, inside.get() > 0);
            }
        }
    }
}
