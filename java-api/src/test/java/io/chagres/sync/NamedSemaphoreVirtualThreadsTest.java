// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Virtual threads wait in any number, and keep neither carriers nor permits. */
@Tag("native")
class NamedSemaphoreVirtualThreadsTest {

    private static final int HELPERS = 64;
    private static final int SEMAPHORES = 200;
    private static final int WAITERS = 2;

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    private final List<NamedSemaphore> semaphores = new ArrayList<>();

    @BeforeEach
    void create() throws IpcException {
        for (int i = 0; i < SEMAPHORES; i++) {
            String name = TestNames.posix();
            semaphores.add(NamedSemaphore.create(name, 0));
            NamedSemaphore.unlink(name);
        }
    }

    @AfterEach
    void close() throws IpcException {
        for (NamedSemaphore semaphore : semaphores) {
            semaphore.close();
        }
    }

    private static long helpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().matches("chagres-(helper|sweeper).*"))
                .count();
    }

    private List<Caller<Boolean>> waitersOnAll() {
        List<Caller<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            for (NamedSemaphore semaphore : semaphores) {
                waiting.add(
                        Caller.start(
                                Threads.VIRTUAL,
                                () -> {
                                    semaphore.acquire();
                                    return true;
                                }));
            }
        }
        waiting.forEach(Caller::awaitBlocked);
        return waiting;
    }

    @Test
    void manyOnManySemaphoresAreAllServedByFewThreads() throws Exception {
        List<Caller<Boolean>> waiting = waitersOnAll();
        assertThat(helpers()).isBetween(1L, (long) HELPERS);
        assertThat(Caller.start(Threads.VIRTUAL, () -> "unrelated").result())
                .isEqualTo("unrelated");
        for (NamedSemaphore semaphore : semaphores) {
            semaphore.release(WAITERS);
        }
        for (Caller<Boolean> caller : waiting) {
            assertThat(caller.result()).isTrue();
        }
        assertThat(helpers()).isLessThanOrEqualTo(HELPERS);
        for (NamedSemaphore semaphore : semaphores) {
            assertThat(semaphore.value()).isZero();
        }
    }

    @Test
    void closeWakesAllOfThem() throws Exception {
        List<Caller<Boolean>> waiting = waitersOnAll();
        for (NamedSemaphore semaphore : semaphores) {
            semaphore.close();
        }
        for (Caller<Boolean> caller : waiting) {
            assertThatThrownBy(caller::result).hasCauseInstanceOf(ClosedException.class);
        }
    }

    /** Nobody else stands in for who has gone, not even for an instant. */
    @Test
    void whoLooksAfterTheLastHasGivenUpFindsThePermit() throws Exception {
        NamedSemaphore semaphore = semaphores.get(0);
        for (int i = 0; i < 500; i++) {
            Caller<Boolean> waiting =
                    Caller.start(
                            Threads.VIRTUAL, () -> semaphore.tryAcquire(Duration.ofNanos(200_000)));
            assertThat(waiting.result()).isFalse();
            semaphore.release();
            assertThat(semaphore.tryAcquire()).as("round %d", i).isTrue();
        }
    }

    @Test
    void anInterruptWakesEachOfThem() throws Exception {
        List<Caller<Boolean>> waiting = waitersOnAll();
        waiting.forEach(Caller::interrupt);
        for (Caller<Boolean> caller : waiting) {
            assertThatThrownBy(caller::result).hasCauseInstanceOf(InterruptedException.class);
        }
        for (NamedSemaphore semaphore : semaphores) {
            semaphore.release();
            await().pollInterval(Duration.ofMillis(1)).until(() -> semaphore.value() == 1);
        }
    }

    /** A representative that nobody needs any more must not go on taking permits. */
    @Test
    void afterTheLastHasGivenUpThePermitsStay() throws Exception {
        NamedSemaphore semaphore = semaphores.get(0);
        for (int i = 0; i < 20; i++) {
            Caller<Boolean> waiting =
                    Caller.start(Threads.VIRTUAL, () -> semaphore.tryAcquire(Duration.ofMillis(5)));
            assertThat(waiting.result()).isFalse();
        }
        await().until(() -> helpersInside() == 0);
        semaphore.release(3);
        assertThat(semaphore.value()).isEqualTo(3);
        assertThat(semaphore.tryAcquire()).isTrue();
    }

    /** Helpers that are inside a call of the system. */
    private static long helpersInside() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().startsWith("chagres-helper"))
                .filter(
                        e ->
                                List.of(e.getValue()).stream()
                                        .anyMatch(f -> f.getMethodName().equals("takeOne")))
                .count();
    }

    /** Permits go out while waiters time out and are interrupted: each is taken once or stays. */
    @Test
    void noPermitIsLostToWaitersThatGiveUp() throws Exception {
        NamedSemaphore semaphore = semaphores.get(0);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger inVain = new AtomicInteger();
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            callers.add(
                    Caller.start(
                            Threads.VIRTUAL,
                            () -> {
                                while (!stop.get()) {
                                    takeOrGiveUp(semaphore, taken, inVain);
                                }
                                return true;
                            }));
        }
        int given = 0;
        while (given < 3_000) {
            semaphore.release();
            given++;
            callers.get(given % callers.size()).interrupt();
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(200_000));
        }
        stop.set(true);
        for (Caller<Boolean> caller : callers) {
            assertThat(caller.result()).isTrue();
        }
        int expected = given;
        await().untilAsserted(
                        () -> assertThat(taken.get() + semaphore.value()).isEqualTo(expected));
        assertThat(taken.get()).isPositive();
        assertThat(inVain.get()).isPositive();
    }

    private static void takeOrGiveUp(
            NamedSemaphore semaphore, AtomicInteger taken, AtomicInteger inVain)
            throws IpcException {
        long nanos = ThreadLocalRandom.current().nextLong(1_000_000);
        try {
            boolean got = semaphore.tryAcquire(Duration.ofNanos(nanos));
            (got ? taken : inVain).incrementAndGet();
        } catch (InterruptedException e) {
            inVain.incrementAndGet();
        }
    }

    @Test
    void closeLeavesThePermitsThatNobodyTook() throws Exception {
        String name = TestNames.posix();
        try (NamedSemaphore kept = NamedSemaphore.create(name, 0)) {
            for (int round = 0; round < 100; round++) {
                NamedSemaphore handle = NamedSemaphore.open(name);
                List<Caller<Boolean>> callers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    callers.add(
                            Caller.start(
                                    Threads.VIRTUAL,
                                    () -> {
                                        try {
                                            handle.acquire();
                                            return true;
                                        } catch (ClosedException e) {
                                            return false;
                                        }
                                    }));
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(300_000));
                kept.release(2);
                handle.close();
                int taken = 0;
                for (Caller<Boolean> caller : callers) {
                    taken += caller.result() ? 1 : 0;
                }
                int left = 2 - taken;
                await().pollInterval(Duration.ofMillis(1))
                        .untilAsserted(() -> assertThat(kept.value()).isEqualTo(left));
                for (int i = 0; i < left; i++) {
                    assertThat(kept.tryAcquire()).isTrue();
                }
            }
        } finally {
            Semaphores.removeIfThere(name);
        }
    }
}
