// SPDX-License-Identifier: Apache-2.0
package io.chagres.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.LimitExceededException;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every thread of every kind may expect of a semaphore. */
@Tag("native")
class NamedSemaphoreContractTest {

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Semaphores::exists);

    private final String name = TestNames.posix();
    private NamedSemaphore semaphore;

    /** The two ways to wait. */
    enum Way {
        UNTIMED,
        TIMED;

        boolean acquire(NamedSemaphore semaphore) throws Exception {
            if (this == TIMED) {
                return semaphore.tryAcquire(Semaphores.PATIENCE);
            }
            semaphore.acquire();
            return true;
        }
    }

    static List<Arguments> waitingOnEachKindOfThread() {
        return Threads.with(Way.UNTIMED, Way.TIMED);
    }

    @BeforeEach
    void create() throws IpcException {
        semaphore = NamedSemaphore.create(name, 0);
    }

    @AfterEach
    void remove() throws IpcException {
        semaphore.close();
        Semaphores.removeIfThere(name);
    }

    private static boolean on(Threads threads, Callable<Boolean> call) throws Exception {
        return Caller.start(threads, call).result();
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms({"sem_wait/11", "sem_wait/9", "sem_wait/3", "sem_post/1", "sem_post/2"})
    void aTryTakesOnePermitWhileThereIsOne(Threads threads) throws Exception {
        assertThat(on(threads, semaphore::tryAcquire)).isFalse();
        semaphore.release(3);
        for (int left = 2; left >= 0; left--) {
            assertThat(on(threads, semaphore::tryAcquire)).isTrue();
            assertThat(semaphore.value()).isEqualTo(left);
        }
        assertThat(on(threads, semaphore::tryAcquire)).isFalse();
        assertThat(on(threads, semaphore::tryAcquire)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    @Conforms({"sem_wait/9", "sem_timedwait/1"})
    void aPermitThatIsThereIsTakenAtOnce(Threads threads, Way way) throws Exception {
        semaphore.release();
        assertThat(on(threads, () -> way.acquire(semaphore))).isTrue();
        assertThat(semaphore.value()).isZero();
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    @Conforms({"sem_wait/13", "sem_wait/3", "sem_post/1"})
    void whoWaitsGetsThePermitThatIsGiven(Threads threads, Way way) throws Exception {
        for (int i = 0; i < 5; i++) {
            Caller<Boolean> waiting =
                    Caller.start(threads, () -> way.acquire(semaphore)).awaitBlocked();
            assertThat(semaphore.value()).isZero();
            assertThat(waiting.isDone()).isFalse();
            semaphore.release();
            assertThat(waiting.result()).isTrue();
            assertThat(semaphore.value()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    void asManyAsThereArePermitsGetOne(Threads threads, Way way) throws Exception {
        List<Caller<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiting.add(Caller.start(threads, () -> way.acquire(semaphore)).awaitBlocked());
        }
        semaphore.release(6);
        for (Caller<Boolean> caller : waiting) {
            assertThat(caller.result()).isTrue();
        }
        assertThat(semaphore.value()).isZero();
    }

    static List<Arguments> timeouts() {
        return Threads.with(1L, 20_000_000L, 1_200_000_000L);
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    @Conforms({"sem_timedwait/3", "sem_timedwait/7"})
    void aTimedCallWaitsAtLeastItsTimeoutAndTakesNothing(Threads threads, long nanos)
            throws Exception {
        long start = System.nanoTime();
        assertThat(on(threads, () -> semaphore.tryAcquire(Duration.ofNanos(nanos)))).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(1);
    }

    static List<Arguments> timeoutsThatDoNotWait() {
        return Threads.with(
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofDays(-1),
                Duration.ofSeconds(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("timeoutsThatDoNotWait")
    @Conforms({"sem_timedwait/3", "sem_timedwait/1"})
    void aTimeoutOfNothingOrLessIsATry(Threads threads, Duration timeout) throws Exception {
        assertThat(on(threads, () -> semaphore.tryAcquire(timeout))).isFalse();
        semaphore.release();
        assertThat(on(threads, () -> semaphore.tryAcquire(timeout))).isTrue();
    }

    static List<Arguments> timeoutsWithoutAnEnd() {
        return Threads.with(
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE / 4),
                Duration.ofDays(36_500));
    }

    @ParameterizedTest
    @MethodSource("timeoutsWithoutAnEnd")
    void aHugeTimeoutWaitsUntilThereIsAPermit(Threads threads, Duration timeout) throws Exception {
        Caller<Boolean> waiting =
                Caller.start(threads, () -> semaphore.tryAcquire(timeout)).awaitBlocked();
        semaphore.release();
        assertThat(waiting.result()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    void closeEndsACallThatWaitsAndNothingWasTaken(Threads threads, Way way) throws Exception {
        try (NamedSemaphore other = NamedSemaphore.open(name)) {
            List<Caller<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(Caller.start(threads, () -> way.acquire(semaphore)).awaitBlocked());
            }
            semaphore.close();
            other.release(3);
            for (Caller<Boolean> caller : waiting) {
                assertThatThrownBy(caller::result)
                        .cause()
                        .isInstanceOfSatisfying(
                                ClosedException.class, e -> isClosed(e, "sem_wait"));
            }
            assertThat(other.value()).isEqualTo(3);
        }
    }

    private void isClosed(ClosedException e, String operation) {
        assertThat(e.operation()).isEqualTo(operation);
        assertThat(e.objectName()).isEqualTo(name);
        assertThat(e).hasMessage(operation + " " + name + ": the handle is closed");
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    void anInterruptEndsACallThatWaitsAndNothingWasTaken(Threads threads, Way way)
            throws Exception {
        Caller<Boolean> waiting =
                Caller.start(threads, () -> way.acquire(semaphore)).awaitBlocked();
        waiting.interrupt();
        assertThatThrownBy(waiting::result)
                .cause()
                .isInstanceOf(InterruptedException.class)
                .hasMessage("sem_wait " + name);
        semaphore.release();
        assertThat(semaphore.value()).isEqualTo(1);
        assertThat(on(threads, () -> way.acquire(semaphore))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    void anInterruptBeforeTheCallEndsItAndThePermitStays(Threads threads, Way way)
            throws Exception {
        semaphore.release();
        Caller<Boolean> interrupted =
                Caller.start(
                        threads,
                        () -> {
                            Thread.currentThread().interrupt();
                            try {
                                return way.acquire(semaphore);
                            } catch (InterruptedException e) {
                                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                                throw e;
                            }
                        });
        assertThatThrownBy(interrupted::result).hasCauseInstanceOf(InterruptedException.class);
        assertThat(semaphore.value()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTryIgnoresAnInterruptAndKeepsIt(Threads threads) throws Exception {
        semaphore.release();
        assertThat(
                        on(
                                threads,
                                () -> {
                                    Thread.currentThread().interrupt();
                                    return semaphore.tryAcquire()
                                            && !semaphore.tryAcquire()
                                            && !semaphore.tryAcquire(Duration.ZERO)
                                            && Thread.interrupted();
                                }))
                .isTrue();
    }

    @Test
    void afterCloseEveryOperationSaysSo() throws Exception {
        semaphore.close();
        semaphore.close();
        assertThatThrownBy(() -> semaphore.acquire())
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "sem_wait"));
        assertThatThrownBy(() -> semaphore.tryAcquire())
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "sem_wait"));
        assertThatThrownBy(() -> semaphore.tryAcquire(Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "sem_wait"));
        assertThatThrownBy(() -> semaphore.release())
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "sem_post"));
        assertThatThrownBy(() -> semaphore.release(2)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> semaphore.value())
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "sem_getvalue"));
        assertThat(semaphore.name()).isEqualTo(name);
        assertThat(semaphore).hasToString("NamedSemaphore[" + name + "]");
    }

    @Test
    @Conforms("semaphore/W160")
    void releasingPastTheMaximumFailsWithTheLimitAndChangesNothing() throws Exception {
        semaphore.release();
        assertThatThrownBy(() -> semaphore.release(Integer.MAX_VALUE))
                .isInstanceOf(LimitExceededException.class);
        assertThat(semaphore.value()).isEqualTo(1);
        semaphore.close();
        NamedSemaphore.unlink(name);
        semaphore = NamedSemaphore.create(name, NamedSemaphore.MAX_PERMITS);
        assertThatThrownBy(() -> semaphore.release())
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        e -> {
                            assertThat(e.operation()).isEqualTo("sem_post");
                            assertThat(e.symbol()).isEqualTo("EOVERFLOW");
                            assertThat(e.limit()).isEqualTo("SEM_VALUE_MAX");
                            assertThat(e.value()).isEqualTo(Integer.MAX_VALUE);
                        });
        assertThat(semaphore.value()).isEqualTo(NamedSemaphore.MAX_PERMITS);
        assertThat(semaphore.tryAcquire()).isTrue();
        semaphore.release(1);
        assertThat(semaphore.value()).isEqualTo(NamedSemaphore.MAX_PERMITS);
    }

    @Test
    void releasingNoneDoesNothingAndFewerIsRefused() throws Exception {
        semaphore.release(0);
        assertThat(semaphore.value()).isZero();
        assertThatThrownBy(() -> semaphore.release(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> semaphore.release(Integer.MIN_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(semaphore.value()).isZero();
    }

    @Test
    @Conforms({"sem_getvalue/1", "sem_getvalue/2"})
    void theValueIsThePermitsAndNeverNegative() throws Exception {
        semaphore.release(2);
        assertThat(semaphore.value()).isEqualTo(2);
        semaphore.acquire();
        semaphore.acquire();
        assertThat(semaphore.value()).isZero();
        for (Threads threads : Threads.values()) {
            Caller<Boolean> waiting =
                    Caller.start(threads, () -> Way.UNTIMED.acquire(semaphore)).awaitBlocked();
            assertThat(semaphore.value()).isZero();
            semaphore.release();
            waiting.result();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void whatEightThreadsUseMayBeClosedAtAnyMoment(Threads threads) throws Exception {
        for (int round = 0; round < 60; round++) {
            NamedSemaphore handle = NamedSemaphore.open(name);
            List<Caller<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int kind = i;
                callers.add(Caller.start(threads, () -> untilClosed(handle, kind)));
            }
            for (int i = 0; i < round * 20; i++) {
                handle.value();
            }
            handle.close();
            int balance = 0;
            for (Caller<Integer> caller : callers) {
                balance += caller.result();
            }
            assertThat(semaphore.value()).isEqualTo(balance);
            while (semaphore.tryAcquire()) {
                balance--;
            }
            assertThat(balance).isZero();
        }
    }

    /** How many permits more it gave than it took, until it finds the handle closed. */
    private static int untilClosed(NamedSemaphore handle, int kind) throws Exception {
        int balance = 0;
        try {
            while (true) {
                if (kind % 2 == 0) {
                    handle.release();
                    balance++;
                } else if (kind % 4 == 1) {
                    handle.acquire();
                    balance--;
                } else if (handle.tryAcquire(Duration.ofMillis(1))) {
                    balance--;
                }
            }
        } catch (ClosedException e) {
            return balance;
        }
    }
}
