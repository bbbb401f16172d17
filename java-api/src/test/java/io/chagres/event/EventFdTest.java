// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every thread of every kind may expect of an eventfd. */
@Tag("native")
class EventFdTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(30);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    /** The ways to wait for what was added. */
    enum Take {
        UNTIMED,
        TIMED;

        long from(EventFd event) throws Exception {
            return this == TIMED ? event.take(PATIENCE) : event.take();
        }
    }

    /** The ways to wait for room. */
    enum Add {
        UNTIMED,
        TIMED;

        boolean to(EventFd event, long value) throws Exception {
            if (this == TIMED) {
                return event.add(value, PATIENCE);
            }
            event.add(value);
            return true;
        }
    }

    static List<Arguments> takesOnEachKindOfThread() {
        return Threads.with(Take.UNTIMED, Take.TIMED);
    }

    static List<Arguments> addsOnEachKindOfThread() {
        return Threads.with(Add.UNTIMED, Add.TIMED);
    }

    private static <T> T on(Threads threads, Callable<T> call) throws Exception {
        return Caller.start(threads, call).result();
    }

    private static EventFd full() throws Exception {
        EventFd event = EventFd.create();
        event.add(Long.MAX_VALUE);
        event.add(Long.MAX_VALUE);
        return event;
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTakeFromACounterGivesAllThatWasAdded(Threads threads) throws Exception {
        try (EventFd event = EventFd.create()) {
            assertThat(on(threads, event::tryTake)).isZero();
            event.add(3);
            event.add(0);
            assertThat(on(threads, () -> event.tryAdd(4))).isTrue();
            assertThat(on(threads, () -> event.add(5, PATIENCE))).isTrue();
            assertThat(on(threads, event::tryTake)).isEqualTo(12);
            assertThat(on(threads, event::tryTake)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTakeFromASemaphoreGivesOneAndLeavesTheRest(Threads threads) throws Exception {
        try (EventFd event = EventFd.createSemaphore(1)) {
            event.add(2);
            assertThat(on(threads, () -> event.take())).isEqualTo(1);
            assertThat(on(threads, () -> event.take(PATIENCE))).isEqualTo(1);
            assertThat(on(threads, event::tryTake)).isEqualTo(1);
            assertThat(on(threads, event::tryTake)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, EventFd.MAX_INITIAL})
    void oneBeginsWithWhatItIsToldTo(long initial) throws Exception {
        try (EventFd event = EventFd.create(initial)) {
            assertThat(event.tryTake()).isEqualTo(initial);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, EventFd.MAX_INITIAL + 1})
    void oneCannotBeginWithEverything(long initial) {
        assertThatThrownBy(() -> EventFd.create(initial))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventFd.createSemaphore(initial))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNegativeValueIsRefused() throws Exception {
        try (EventFd event = EventFd.create()) {
            for (long value : new long[] {-1, Long.MIN_VALUE}) {
                assertThatThrownBy(() -> event.add(value))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> event.add(value, SHORT))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> event.tryAdd(value))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(event.tryTake()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("takesOnEachKindOfThread")
    void whoWaitsGetsWhatIsAdded(Threads threads, Take take) throws Exception {
        try (EventFd event = EventFd.create()) {
            for (int i = 1; i <= 5; i++) {
                Caller<Long> waiting = Caller.start(threads, () -> take.from(event)).awaitBlocked();
                event.add(i);
                assertThat(waiting.result()).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("takesOnEachKindOfThread")
    void eachWaiterOfASemaphoreGetsOne(Threads threads, Take take) throws Exception {
        try (EventFd event = EventFd.createSemaphore(0)) {
            List<Caller<Long>> waiting = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                waiting.add(Caller.start(threads, () -> take.from(event)).awaitBlocked());
            }
            event.add(6);
            for (Caller<Long> each : waiting) {
                assertThat(each.result()).isEqualTo(1);
            }
            assertThat(event.tryTake()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void aTimedTakeWaitsAtLeastItsTimeout(Threads threads) throws Exception {
        try (EventFd event = EventFd.create()) {
            long start = System.nanoTime();
            assertThat(on(threads, () -> event.take(SHORT))).isZero();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(on(threads, () -> event.take(Duration.ZERO))).isZero();
            assertThat(on(threads, () -> event.take(SHORT.negated()))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void whatWouldOverflowIsNotAddedByATry(Threads threads) throws Exception {
        try (EventFd event = full()) {
            assertThat(on(threads, () -> event.tryAdd(0))).isTrue();
            assertThat(on(threads, () -> event.tryAdd(1))).isFalse();
            assertThat(on(threads, () -> event.tryAdd(Long.MAX_VALUE))).isFalse();
            long start = System.nanoTime();
            assertThat(on(threads, () -> event.add(1, SHORT))).isFalse();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThat(Long.toUnsignedString(event.take())).isEqualTo("18446744073709551614");
            assertThat(on(threads, () -> event.tryAdd(Long.MAX_VALUE))).isTrue();
        }
    }

    /** Readiness tells of room for one, and here there is room for two. */
    @ParameterizedTest
    @EnumSource(Threads.class)
    void theLastRoomIsUsedAndNotMore(Threads threads) throws Exception {
        try (EventFd event = EventFd.create()) {
            event.add(Long.MAX_VALUE);
            event.add(Long.MAX_VALUE - 2);
            assertThat(on(threads, () -> event.tryAdd(3))).isFalse();
            assertThat(on(threads, () -> event.add(3, SHORT))).isFalse();
            assertThat(on(threads, () -> event.tryAdd(2))).isTrue();
            assertThat(on(threads, () -> event.tryAdd(1))).isFalse();
            assertThat(event.tryTake()).isEqualTo(-2);
        }
    }

    @ParameterizedTest
    @MethodSource("addsOnEachKindOfThread")
    void anAddWaitsForRoom(Threads threads, Add add) throws Exception {
        try (EventFd event = full()) {
            Caller<Boolean> waiting = Caller.start(threads, () -> add.to(event, 7));
            Thread.sleep(SHORT.toMillis());
            assertThat(waiting.isDone()).isFalse();
            assertThat(event.take()).isEqualTo(-2);
            assertThat(waiting.result()).isTrue();
            assertThat(event.take()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @MethodSource("takesOnEachKindOfThread")
    void closeEndsATake(Threads threads, Take take) throws Exception {
        EventFd event = EventFd.create();
        Caller<Long> waiting = Caller.start(threads, () -> take.from(event)).awaitBlocked();
        event.close();
        event.close();
        assertThatThrownBy(waiting::result).hasCauseInstanceOf(ClosedException.class);
        assertThatThrownBy(event::tryTake).isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> event.add(1)).isInstanceOf(ClosedException.class);
        assertThatThrownBy(event::borrow).isInstanceOf(ClosedException.class);
        assertThatThrownBy(event::detach).isInstanceOf(ClosedException.class);
    }

    @ParameterizedTest
    @MethodSource("takesOnEachKindOfThread")
    void anInterruptEndsATakeAndTheHandleStaysOpen(Threads threads, Take take) throws Exception {
        try (EventFd event = EventFd.create()) {
            Caller<Long> waiting = Caller.start(threads, () -> take.from(event)).awaitBlocked();
            waiting.interrupt();
            assertThatThrownBy(waiting::result).hasCauseInstanceOf(InterruptedException.class);
            event.add(1);
            assertThat(event.take()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("addsOnEachKindOfThread")
    void closeEndsAnAdd(Threads threads, Add add) throws Exception {
        EventFd event = full();
        Caller<Boolean> waiting = Caller.start(threads, () -> add.to(event, 1));
        Thread.sleep(SHORT.toMillis());
        event.close();
        assertThatThrownBy(waiting::result).hasCauseInstanceOf(ClosedException.class);
    }

    @ParameterizedTest
    @MethodSource("addsOnEachKindOfThread")
    void anInterruptEndsAnAddThatHasAddedNothing(Threads threads, Add add) throws Exception {
        try (EventFd event = full()) {
            Caller<Boolean> waiting = Caller.start(threads, () -> add.to(event, 1));
            Thread.sleep(SHORT.toMillis());
            waiting.interrupt();
            assertThatThrownBy(waiting::result).hasCauseInstanceOf(InterruptedException.class);
            assertThat(event.tryTake()).isEqualTo(-2);
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadyTakesNothingButATryDoes() throws Exception {
        try (EventFd event = EventFd.create(1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(event::take).isInstanceOf(InterruptedException.class);
            Thread.currentThread().interrupt();
            assertThat(event.tryTake()).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void nothingOfWhatManyAddIsLost(Threads threads) throws Exception {
        int adders = 4;
        long each = 10_000;
        try (EventFd event = EventFd.create()) {
            List<Caller<Boolean>> adding = new ArrayList<>();
            for (int i = 0; i < adders; i++) {
                adding.add(
                        Caller.start(
                                threads,
                                () -> {
                                    for (int n = 0; n < each; n++) {
                                        event.add(1);
                                    }
                                    return true;
                                }));
            }
            long taken = 0;
            while (taken < adders * each) {
                taken += on(threads, () -> event.take(PATIENCE));
            }
            assertThat(taken).isEqualTo(adders * each);
            assertThat(event.tryTake()).isZero();
            for (Caller<Boolean> each1 : adding) {
                assertThat(each1.result()).isTrue();
            }
        }
    }

    private static int duplicate(EventFd event) throws Exception {
        try (BorrowedDescriptor loan = event.borrow()) {
            return Fcntl.fcntl(loan.fd(), Fcntl.F_DUPFD_CLOEXEC, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void oneThatIsAdoptedIsTheSameCounter(Threads threads) throws Exception {
        try (EventFd event = EventFd.create();
                EventFd adopted = EventFd.adopt(duplicate(event))) {
            event.add(2);
            assertThat(on(threads, adopted::tryTake)).isEqualTo(2);
            Caller<Long> waiting = Caller.start(threads, () -> adopted.take()).awaitBlocked();
            event.add(3);
            assertThat(waiting.result()).isEqualTo(3);
        }
    }

    /** Others may have made it so, and its owner's flag stays as it is. */
    @ParameterizedTest
    @MethodSource("takesOnEachKindOfThread")
    void oneThatDoesNotBlockIsWaitedForAllTheSame(Threads threads, Take take) throws Exception {
        try (EventFd event = EventFd.create()) {
            int fd = duplicate(event);
            int flags = Fcntl.fcntl(fd, Fcntl.F_GETFL, 0) | Fcntl.O_NONBLOCK;
            assertThat(Fcntl.fcntl(fd, Fcntl.F_SETFL, flags)).isZero();
            try (EventFd adopted = EventFd.adopt(fd)) {
                Caller<Long> waiting =
                        Caller.start(threads, () -> take.from(adopted)).awaitBlocked();
                event.add(3);
                assertThat(waiting.result()).isEqualTo(3);
                event.add(Long.MAX_VALUE);
                event.add(Long.MAX_VALUE);
                Caller<Boolean> adding =
                        Caller.start(
                                threads,
                                () -> {
                                    adopted.add(5);
                                    return true;
                                });
                Thread.sleep(SHORT.toMillis());
                assertThat(adding.isDone()).isFalse();
                assertThat(event.take()).isEqualTo(-2);
                assertThat(adding.result()).isTrue();
                assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFL, 0)).isEqualTo(flags);
            }
        }
    }

    @Test
    void whatIsNoEventfdIsRefusedAndStaysOpen() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open();
                BorrowedDescriptor loan = pipe.source().borrow()) {
            assertThatThrownBy(() -> EventFd.adopt(loan.fd()))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("a FIFO or pipe and not an eventfd");
            assertThat(Fcntl.fcntl(loan.fd(), Fcntl.F_GETFD, 0)).isNotNegative();
        }
        assertThatThrownBy(() -> EventFd.adopt(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventFd.adopt(999_999)).isInstanceOf(IpcException.class);
    }

    @Test
    void aDetachedDescriptorIsTheCallers() throws Exception {
        EventFd event = EventFd.create(1);
        int fd = event.detach();
        assertThatThrownBy(event::tryTake).isInstanceOf(ClosedException.class);
        assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
        assertThat(Unistd.close(fd)).isZero();
    }

    @Test
    void aPollerTellsWhenItIsNotZero() throws Exception {
        BlockingQueue<Set<Readiness>> calls = new LinkedBlockingQueue<>();
        try (EventFd event = EventFd.create();
                Poller poller = Poller.open()) {
            poller.register(
                    event,
                    Set.of(Readiness.READABLE),
                    ready -> {
                        event.tryTake();
                        calls.add(ready);
                    });
            assertThat(calls).isEmpty();
            event.add(1);
            assertThat(calls.poll(30, TimeUnit.SECONDS)).containsExactly(Readiness.READABLE);
        }
    }

    /** A callback hands over what has come, and wakes whoever waits for the eventfd. */
    @ParameterizedTest
    @EnumSource(Threads.class)
    void aCallbackOfAPollerWakesWhoWaitsElsewhere(Threads threads) throws Exception {
        try (EventFd wakeUp = EventFd.create();
                AnonymousPipe pipe = AnonymousPipe.open();
                Poller poller = Poller.open()) {
            byte[] target = new byte[16];
            poller.register(
                    pipe.source(),
                    Set.of(Readiness.READABLE),
                    ready -> wakeUp.add(Math.max(0, pipe.source().tryRead(target))));
            Caller<Long> waiting = Caller.start(threads, () -> wakeUp.take()).awaitBlocked();
            pipe.sink().write(new byte[5]);
            assertThat(waiting.result()).isEqualTo(5);
        }
    }

    @Test
    void whatIsDoneInTheWaitOfAnotherDoesNotKeepTheHandleFromClosing() throws Exception {
        EventFd event = EventFd.create();
        List<Caller<Long>> waiting = new ArrayList<>();
        for (Threads threads : Threads.values()) {
            waiting.add(Caller.start(threads, () -> event.take()).awaitBlocked());
        }
        event.close();
        for (Caller<Long> each : waiting) {
            await().until(each::isDone);
            assertThatThrownBy(each::result).hasCauseInstanceOf(ClosedException.class);
        }
    }
}
