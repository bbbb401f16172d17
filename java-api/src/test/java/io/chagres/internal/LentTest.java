// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.foreign.Lent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Here, since the module that has it exports it to this one and has no tests of its own. */
@Tag("unit")
class LentTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Lent<long[]> lent = new Lent<>(this::make);

    private long[] make() {
        made.incrementAndGet();
        return new long[1];
    }

    private static <T> T in(Thread.Builder builder, Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        builder.start(task);
        return task.get();
    }

    private long[] borrowOnce() {
        long[] one = lent.borrow();
        lent.giveBack(one);
        return one;
    }

    @Test
    void aPlatformThreadAlwaysGetsItsOwn() throws Exception {
        long[] mine = borrowOnce();
        assertThat(borrowOnce()).isSameAs(mine);
        assertThat(in(Thread.ofPlatform(), this::borrowOnce)).isNotSameAs(mine);
        assertThat(made.get()).isEqualTo(2);
    }

    @Test
    void nothingIsMadeBeforeItIsBorrowed() {
        assertThat(made.get()).isZero();
    }

    @Test
    void aVirtualThreadNeverGetsAPlatformThreadsOwn() throws Exception {
        long[] mine = borrowOnce();
        for (int i = 0; i < 200; i++) {
            assertThat(in(Thread.ofVirtual(), this::borrowOnce)).isNotSameAs(mine);
        }
    }

    @Test
    void virtualThreadsUseAFewAgainAndAgain() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            in(Thread.ofVirtual(), this::borrowOnce);
        }
        assertThat(made.get()).isBetween(1, 64);
    }

    @Test
    void nothingIsLentToTwoVirtualThreadsAtOnce() throws Exception {
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 500; i++) { // several to each of the 64 places
            FutureTask<Boolean> task = new FutureTask<>(this::keepsWhatItWrote);
            tasks.add(task);
            Thread.ofVirtual().start(task);
        }
        for (FutureTask<Boolean> task : tasks) {
            assertThat(task.get()).isTrue();
        }
    }

    /** Parking lets others run on the same carrier meanwhile. */
    private boolean keepsWhatItWrote() {
        long mark = Thread.currentThread().threadId();
        for (int i = 0; i < 20; i++) {
            long[] mine = lent.borrow();
            try {
                mine[0] = mark;
                LockSupport.parkNanos(1);
                if (mine[0] != mark) {
                    return false;
                }
            } finally {
                lent.giveBack(mine);
            }
        }
        return true;
    }

    @Test
    void instancesDoNotShare() {
        Lent<long[]> others = new Lent<>(() -> new long[1]);
        assertThat(others.borrow()).isNotSameAs(lent.borrow());
    }
}
