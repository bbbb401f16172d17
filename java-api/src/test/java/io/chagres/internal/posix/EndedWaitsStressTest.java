// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.ClosedException;
import io.chagres.test.Delays;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation that waits is ended in time, on every kind of thread. */
@Tag("stress")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EndedWaitsStressTest {

    private static final int ROUNDS = 50;
    private static final double ALLOWED_MILLIS = 200;
    private static final Duration LONG = Duration.ofMinutes(2);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    static List<Arguments> allOnEachKindOfThread() {
        return Threads.with((Object[]) Waits.values());
    }

    static List<Arguments> withAHandleOnEachKindOfThread() {
        List<Arguments> all = new ArrayList<>(allOnEachKindOfThread());
        all.removeIf(a -> isOpening((Waits) a.get()[1]));
        return all;
    }

    /** Those that have no handle yet. */
    private static boolean isOpening(Waits waits) {
        return waits == Waits.FIFO_OPEN_TO_READ
                || waits == Waits.FIFO_OPEN_TO_WRITE
                || waits == Waits.SOCKET_CONNECT;
    }

    private interface End {
        void of(Waits.Wait wait, Thread waiting) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("allOnEachKindOfThread")
    void byAnInterrupt(Threads threads, Waits waits) throws Exception {
        measure(threads, waits, InterruptedException.class, (wait, thread) -> thread.interrupt());
    }

    @ParameterizedTest
    @MethodSource("withAHandleOnEachKindOfThread")
    void byClose(Threads threads, Waits waits) throws Exception {
        measure(threads, waits, ClosedException.class, (wait, thread) -> wait.handle().close());
    }

    private void measure(Threads threads, Waits waits, Class<?> ending, End end) throws Exception {
        Delays delays = new Delays();
        for (int i = 0; i < ROUNDS; i++) {
            try (Waits.Wait wait = waits.open(folder)) {
                FutureTask<Object> task = new FutureTask<>(() -> endingOf(wait));
                Thread thread = threads.unstarted("waiting", task);
                thread.start();
                LockSupport.parkNanos(i % 8 * 500_000L); // from its way in to long blocked
                long start = System.nanoTime();
                end.of(wait, thread);
                assertThat(task.get()).isInstanceOf(ending);
                delays.add(System.nanoTime() - start);
            }
        }
        Delays control = Delays.ofSleeps(100, 1_000_000);
        System.err.println(
                waits + " on " + threads + " by " + ending.getSimpleName() + ": " + delays);
        assertThat(delays.millis(0.99)).isLessThan(control.millis(0.99) + ALLOWED_MILLIS);
    }

    private static Object endingOf(Waits.Wait wait) {
        try {
            return wait.operation().run(LONG);
        } catch (Exception e) {
            return e;
        }
    }
}
