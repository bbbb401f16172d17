// SPDX-License-Identifier: Apache-2.0
package io.chagres.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a poller promises, tried on message queues. */
@Tag("native")
class PollerTest {

    private static final Set<Readiness> READABLE = Set.of(Readiness.READABLE);
    private static final int DEPTH = 2;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final String name = TestNames.posix();
    private final BlockingQueue<Set<Readiness>> calls = new LinkedBlockingQueue<>();
    private MessageQueue queue;
    private Poller poller;

    @BeforeEach
    void open() throws IpcException {
        MessageQueueOptions options = MessageQueueOptions.defaults().withDepth(DEPTH);
        queue = MessageQueue.create(name, options.withMessageSize(8));
        MessageQueue.unlink(name);
        poller = Poller.open();
    }

    @AfterEach
    void close() throws IpcException {
        poller.close();
        queue.close();
    }

    private Set<Readiness> nextCall() throws InterruptedException {
        return calls.poll(30, TimeUnit.SECONDS);
    }

    private void send() throws Exception {
        queue.send(new byte[1], 0);
    }

    private boolean take() throws IpcException {
        return queue.tryReceive(new byte[8], new io.chagres.MessageInfo()) >= 0;
    }

    @Test
    void callsBackWhenTheHandleBecomesReady() throws Exception {
        poller.register(
                queue,
                READABLE,
                ready -> {
                    take();
                    calls.add(ready);
                });
        assertThat(calls).isEmpty();
        send();
        assertThat(nextCall()).isEqualTo(READABLE);
        send();
        assertThat(nextCall()).isEqualTo(READABLE);
    }

    @Test
    void callsAgainAsLongAsTheHandleIsReady() throws Exception {
        send();
        AtomicInteger left = new AtomicInteger(5);
        poller.register(
                queue,
                READABLE,
                ready -> {
                    if (left.decrementAndGet() == 0) {
                        take();
                    }
                    calls.add(ready);
                });
        for (int i = 0; i < 5; i++) {
            assertThat(nextCall()).isEqualTo(READABLE);
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void tellsWhatTheHandleIsReadyFor() throws Exception {
        send();
        CountDownLatch once = new CountDownLatch(1);
        poller.register(
                queue,
                Set.of(Readiness.READABLE, Readiness.WRITABLE),
                ready -> {
                    calls.add(ready);
                    once.countDown();
                    poller.close();
                });
        assertThat(nextCall()).containsExactly(Readiness.READABLE, Readiness.WRITABLE);
    }

    @Test
    void aClosedRegistrationCallsNoMore() throws Exception {
        Poller.Registration registration = poller.register(queue, READABLE, calls::add);
        registration.close();
        registration.close();
        send();
        flush();
        assertThat(calls).isEmpty();
    }

    /** Waits until the poller has dispatched all that happened before. */
    private void flush() throws Exception {
        String otherName = TestNames.posix();
        try (MessageQueue other = MessageQueue.create(otherName)) {
            MessageQueue.unlink(otherName);
            CountDownLatch called = new CountDownLatch(1);
            other.send(new byte[1], 0);
            try (Poller.Registration r =
                    poller.register(other, READABLE, ready -> called.countDown())) {
                assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void theHandleMayBeClosedByItsOwnCallback() throws Exception {
        poller.register(
                queue,
                READABLE,
                ready -> {
                    queue.close();
                    calls.add(ready);
                });
        send();
        assertThat(nextCall()).isEqualTo(READABLE);
        flush();
        assertThat(calls).isEmpty();
        assertThatThrownBy(() -> queue.size()).isInstanceOf(ClosedException.class);
    }

    @Test
    void thePollerMayBeClosedByACallback() throws Exception {
        poller.register(
                queue,
                READABLE,
                ready -> {
                    poller.close();
                    calls.add(ready);
                });
        send();
        assertThat(nextCall()).isEqualTo(READABLE);
        assertThatThrownBy(() -> poller.register(queue, READABLE, calls::add))
                .isInstanceOf(ClosedException.class);
    }

    @Test
    void aCallbackThatThrowsIsEndedAndTheOthersGoOn() throws Exception {
        AtomicInteger thrown = new AtomicInteger();
        send();
        poller.register(
                queue,
                READABLE,
                ready -> {
                    thrown.incrementAndGet();
                    throw new IllegalStateException("planted by a test");
                });
        await().until(() -> thrown.get() == 1);
        flush();
        assertThat(thrown).hasValue(1);
    }

    @Test
    void aHandleMayHaveManyRegistrations() throws Exception {
        AtomicInteger others = new AtomicInteger();
        AtomicInteger writable = new AtomicInteger();
        poller.register(queue, READABLE, ready -> others.incrementAndGet());
        poller.register(queue, READABLE, calls::add);
        Poller.Registration third =
                poller.register(
                        queue, Set.of(Readiness.WRITABLE), ready -> writable.incrementAndGet());
        send();
        assertThat(nextCall()).isEqualTo(READABLE);
        await().until(() -> others.get() > 0 && writable.get() > 0);
        third.close();
        take();
    }

    @Test
    void aFailedCallbackCanBeReplacedAtOnce() throws Exception {
        send();
        AtomicInteger thrown = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            poller.register(
                    queue,
                    READABLE,
                    ready -> {
                        thrown.incrementAndGet();
                        throw new IllegalStateException("planted by a test");
                    });
        }
        await().until(() -> thrown.get() == 20);
        poller.register(queue, READABLE, calls::add);
        assertThat(nextCall()).isEqualTo(READABLE);
        take();
    }

    /** What is closed and reused by somebody else is not watched under its old number. */
    @Test
    void aForeignSourceMayCloseItsNumberWhileItIsWatched() throws Exception {
        int[] number = {duplicate()};
        Pollable foreign = () -> new Foreign(number[0]);
        Poller.Registration old = poller.register(foreign, READABLE, ready -> {});
        Unistd.close(number[0]);
        try (MessageQueue successor = MessageQueue.adopt(duplicate())) {
            poller.register(successor, READABLE, calls::add);
            old.close();
            send();
            assertThat(nextCall()).isEqualTo(READABLE);
            take();
        }
    }

    private record Foreign(int fd) implements BorrowedDescriptor {
        @Override
        public void close() {
            // its owner closes it when it likes
        }
    }

    private int duplicate() throws IpcException {
        try (BorrowedDescriptor borrowed = queue.borrow()) {
            return Fcntl.fcntl(borrowed.fd(), Fcntl.F_DUPFD_CLOEXEC, 0);
        }
    }

    @Test
    void anInterruptOfOneCallbackIsNotTheNextOnes() throws Exception {
        poller.register(queue, READABLE, ready -> Thread.currentThread().interrupt());
        poller.register(
                queue,
                READABLE,
                ready -> {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new AssertionError("interrupted");
                    }
                    calls.add(ready);
                });
        send();
        for (int i = 0; i < 20; i++) {
            assertThat(nextCall()).isEqualTo(READABLE);
        }
        take();
    }

    @Test
    void noCallBeginsAfterARegistrationWasClosed() throws Exception {
        send();
        for (int i = 0; i < 2_000; i++) {
            AtomicReference<Poller.Registration> closed = new AtomicReference<>();
            AtomicInteger late = new AtomicInteger();
            CountDownLatch first = new CountDownLatch(1);
            Poller.Registration registration =
                    poller.register(
                            queue,
                            READABLE,
                            ready -> {
                                if (closed.get() != null) {
                                    late.incrementAndGet();
                                }
                                first.countDown();
                            });
            first.await();
            registration.close();
            flushOnce(); // the call that may have been running is over
            closed.set(registration);
            assertThat(late).hasValue(0);
        }
        take();
    }

    private void flushOnce() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        try (Poller.Registration r =
                poller.register(queue, Set.of(Readiness.WRITABLE), ready -> called.countDown())) {
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingAHandleEndsItsRegistrationSoThatItsNumberIsFree() throws Exception {
        for (int round = 0; round < 100; round++) {
            String otherName = TestNames.posix();
            MessageQueue other = MessageQueue.create(otherName);
            MessageQueue.unlink(otherName);
            poller.register(other, READABLE, calls::add);
            other.close();
            try (MessageQueue successor = MessageQueue.create(otherName)) {
                MessageQueue.unlink(otherName);
                successor.send(new byte[1], 0);
            }
        }
        flush();
        assertThat(calls).isEmpty();
    }

    @Test
    void closingAPollerLeavesTheHandlesOpen() throws Exception {
        poller.register(queue, READABLE, calls::add);
        poller.close();
        poller.close();
        send();
        assertThat(take()).isTrue();
        assertThat(calls).isEmpty();
    }

    @Test
    void theSharedPollerIsOneAndIsNotClosed() throws Exception {
        Poller shared = Poller.shared();
        shared.close();
        assertThat(Poller.shared()).isSameAs(shared);
        AtomicReference<Thread> thread = new AtomicReference<>();
        try (Poller.Registration r =
                shared.register(
                        queue,
                        READABLE,
                        ready -> {
                            thread.set(Thread.currentThread());
                            take();
                        })) {
            send();
            await().until(() -> thread.get() != null);
        }
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void badArgumentsAreRefused() throws Exception {
        assertThatThrownBy(() -> poller.register(queue, Set.of(), calls::add))
                .isInstanceOf(IllegalArgumentException.class);
        queue.close();
        assertThatThrownBy(() -> poller.register(queue, READABLE, calls::add))
                .isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> poller.register(queue, READABLE, null))
                .isInstanceOf(NullPointerException.class);
        assertThat(List.copyOf(calls)).isEmpty();
    }
}
