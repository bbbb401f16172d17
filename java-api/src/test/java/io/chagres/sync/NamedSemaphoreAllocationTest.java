// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.IpcException;
import io.chagres.test.AllocatedBytes;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the steady state nothing is allocated per operation. */
@Tag("native")
@Tag("allocation")
class NamedSemaphoreAllocationTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration INSTANT = Duration.ofNanos(1);

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    private final String name = TestNames.posix();
    private NamedSemaphore semaphore;

    @BeforeEach
    void create() throws IpcException {
        semaphore = NamedSemaphore.create(name, 0);
    }

    @AfterEach
    void remove() throws IpcException {
        semaphore.close();
        NamedSemaphore.unlink(name);
    }

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError();
        }
    }

    @Test
    void whenThereIsAPermit() throws Exception {
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> {
                                    semaphore.release();
                                    semaphore.release(2);
                                    semaphore.acquire();
                                    check(semaphore.tryAcquire());
                                    check(semaphore.tryAcquire(LONG));
                                    check(!semaphore.tryAcquire());
                                    check(semaphore.value() == 0);
                                }))
                .isZero();
    }

    @Test
    void whenATimedCallWaitsInVain() throws Exception {
        assertThat(AllocatedBytes.perOperation(() -> check(!semaphore.tryAcquire(INSTANT))))
                .isZero();
    }
}
