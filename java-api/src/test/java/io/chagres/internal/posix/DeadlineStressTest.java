// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.posix.Unistd;
import io.chagres.test.Delays;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.Unprivileged;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A timeout is neither shortened nor stretched, whatever happens meanwhile. */
@Tag("stress")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DeadlineStressTest {

    private static final Duration TIMEOUT = Duration.ofMillis(200);
    private static final Duration LONG_TIMEOUT = Duration.ofMillis(1_500);
    private static final int ROUNDS = 20;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    /** How much longer than its timeout an operation takes. */
    private static long excess(Waits.Wait wait, Duration timeout) throws Exception {
        long start = System.nanoTime();
        assertThat(wait.operation().run(timeout)).isFalse();
        return System.nanoTime() - start - timeout.toNanos();
    }

    @ParameterizedTest
    @EnumSource
    void twoThousandSignalsASecondChangeNoTimeout(Waits waits) throws Exception {
        int tid = Unistd.gettid();
        Thread signaller =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    while (!Thread.interrupted()) {
                                        WakeSignal.send(tid);
                                        LockSupport.parkNanos(400_000);
                                    }
                                });
        Delays delays = new Delays();
        try (Waits.Wait wait = waits.open(folder)) {
            for (int i = 0; i < ROUNDS; i++) {
                delays.add(excess(wait, TIMEOUT));
            }
        }
        signaller.interrupt();
        signaller.join();
        Delays control = Delays.ofSleeps(ROUNDS, TIMEOUT.toNanos());
        System.err.println(waits + " under signals: " + delays + "; control, " + control);
        assertThat(delays.millis(0)).isNotNegative();
        assertThat(delays.millis(0.9)).isLessThan(control.millis(0.9) + 50);
    }

    /** All at once, so that the clock is set four times and no more. */
    @Test
    void aStepOfTheWallClockChangesNoTimeout() throws Exception {
        Assumptions.assumeTrue(Unprivileged.isRoot(), "only root may set the clock");
        Delays delays = new Delays();
        Delays control = new Delays();
        for (String step : new String[] {"-30", "30"}) {
            List<FutureTask<Long>> running = new ArrayList<>();
            List<Waits.Wait> open = new ArrayList<>();
            for (Waits waits : Waits.values()) {
                Waits.Wait wait = waits.open(folder);
                open.add(wait);
                running.add(start(() -> excess(wait, LONG_TIMEOUT)));
            }
            FutureTask<Long> sleeping =
                    start(() -> Delays.ofSleeps(1, LONG_TIMEOUT.toNanos()).nanos(0));
            stepAndBack(step);
            for (FutureTask<Long> each : running) {
                delays.add(each.get());
            }
            control.add(sleeping.get());
            for (Waits.Wait wait : open) {
                wait.close();
            }
        }
        System.err.println("under a step of the clock: " + delays + "; control, " + control);
        assertThat(delays.millis(0)).isNotNegative();
        assertThat(delays.millis(1)).isLessThan(control.millis(1) + 100);
    }

    private static FutureTask<Long> start(java.util.concurrent.Callable<Long> call) {
        FutureTask<Long> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** For half a second, and back: only what the steps themselves take is lost. */
    private static void stepAndBack(String seconds) throws Exception {
        String script =
                """
                step() { date -s "@$(date +%s.%N | awk -v s="$1" '{ printf "%.9f", $1 + s }')" >&2; }
                sleep 0.3; step "$1"; sleep 0.5; step "$2"
                """;
        String back = seconds.startsWith("-") ? seconds.substring(1) : "-" + seconds;
        try (SecondProcess shell = SecondProcess.program("sh", "-c", script, "sh", seconds, back)) {
            assertThat(shell.exitCode()).isZero();
        }
    }
}
