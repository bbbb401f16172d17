// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.AllocatedBytes;
import io.chagres.test.LeakCheck;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the steady state nothing is allocated per operation. */
@Tag("native")
@Tag("allocation")
class EventFdAllocationTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration INSTANT = Duration.ofNanos(1);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError();
        }
    }

    private static void allocatesNothing(AllocatedBytes.Operation operation) throws Exception {
        assertThat(AllocatedBytes.perOperation(operation)).isZero();
    }

    /** One by one: what one compilation inlines has an end. */
    @Test
    void whatNeedNotWait() throws Exception {
        try (EventFd event = EventFd.create()) {
            allocatesNothing(
                    () -> {
                        event.add(1);
                        check(event.take() == 1);
                    });
            allocatesNothing(
                    () -> {
                        check(event.add(2, LONG));
                        check(event.take(LONG) == 2);
                    });
            allocatesNothing(
                    () -> {
                        check(event.tryAdd(1));
                        check(event.tryTake() == 1);
                    });
            allocatesNothing(() -> check(event.tryTake() == 0));
        }
    }

    @Test
    void aTimeoutThatElapses() throws Exception {
        try (EventFd event = EventFd.create()) {
            assertThat(AllocatedBytes.perOperation(() -> check(event.take(INSTANT) == 0))).isZero();
        }
    }
}
