// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.internal.Deadline;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** As on a kernel that knows no flag to read an eventfd without waiting. */
@Tag("native")
class EventFdWithoutFlagsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTryDoesNotWaitAndATimedTakeWaits(Threads threads) throws Exception {
        PosixEventFd event = PosixEventFd.create(0, false, false);
        try {
            assertThat(Caller.start(threads, () -> event.take(Deadline.NOW)).result()).isZero();
            event.add(4, Deadline.NEVER);
            assertThat(Caller.start(threads, () -> event.take(Deadline.NOW)).result()).isEqualTo(4);
            long deadline = Deadline.after(Duration.ofSeconds(30));
            Caller<Long> waiting = Caller.start(threads, () -> event.take(deadline)).awaitBlocked();
            event.add(5, Deadline.NOW);
            assertThat(waiting.result()).isEqualTo(5);
        } finally {
            event.close();
        }
    }
}
