// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.posix.Unistd;
import io.chagres.test.Delays;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import io.chagres.test.Unprivileged;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A timeout is neither shortened nor stretched, whatever happens meanwhile. */
@Tag("stress")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DeadlineStressTest {

    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final String name = TestNames.posix();
    private final byte[] buffer = new byte[8];
    private final MessageInfo info = new MessageInfo();
    private MessageQueue queue;

    @BeforeEach
    void create() throws Exception {
        MessageQueueOptions options = MessageQueueOptions.defaults().withDepth(1);
        queue = MessageQueue.create(name, options.withMessageSize(8));
        MessageQueue.unlink(name);
    }

    @AfterEach
    void close() throws Exception {
        queue.close();
    }

    /** How much longer than its timeout a receive takes. */
    private long excess(Duration timeout) throws Exception {
        long start = System.nanoTime();
        assertThat(queue.receive(buffer, info, timeout)).isEqualTo(Ipc.TIMED_OUT);
        return System.nanoTime() - start - timeout.toNanos();
    }

    @Test
    void twoThousandSignalsASecondChangeNoTimeout() throws Exception {
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
        for (int i = 0; i < 40; i++) {
            delays.add(excess(TIMEOUT));
        }
        signaller.interrupt();
        signaller.join();
        Delays control = Delays.ofSleeps(40, TIMEOUT.toNanos());
        System.err.println("timeouts under signals, " + delays + "; control, " + control);
        assertThat(delays.millis(0)).isNotNegative();
        assertThat(delays.millis(0.95)).isLessThan(control.millis(0.95) + 50);
    }

    @Test
    void aStepOfTheWallClockChangesNoTimeout() throws Exception {
        Assumptions.assumeTrue(Unprivileged.isRoot(), "only root may set the clock");
        Delays delays = new Delays();
        for (String step : new String[] {"-30", "30", "-5", "5"}) {
            Thread stepper = Thread.ofPlatform().start(() -> stepAndBack(step));
            delays.add(excess(Duration.ofMillis(1_500)));
            stepper.join();
        }
        Delays control = Delays.ofSleeps(4, 1_500_000_000L);
        System.err.println("timeouts under a step of the clock, " + delays + "; " + control);
        assertThat(delays.millis(0)).isNotNegative();
        assertThat(delays.millis(1)).isLessThan(control.millis(1) + 100);
    }

    /** For half a second, and back: only what the steps themselves take is lost. */
    private static void stepAndBack(String seconds) {
        String script =
                "step() { date -s \"@$(date +%s.%N | awk -v s=\"$1\" '{ printf \"%.9f\", $1 + s }')\" >&2; };"
                        + " sleep 0.3; step \"$1\"; sleep 0.5; step \"$2\"";
        String back = seconds.startsWith("-") ? seconds.substring(1) : "-" + seconds;
        try (SecondProcess shell = SecondProcess.program("sh", "-c", script, "sh", seconds, back)) {
            assertThat(shell.exitCode()).isZero();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
