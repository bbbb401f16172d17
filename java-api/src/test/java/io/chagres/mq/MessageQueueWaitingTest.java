// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Interrupts, closing, and what else may happen around a call that waits. */
@Tag("native")
class MessageQueueWaitingTest {

    private static final int SIZE = 16;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private final MessageInfo info = new MessageInfo();
    private final byte[] buffer = new byte[SIZE];
    private MessageQueue queue;

    @BeforeEach
    void create() throws IpcException {
        queue = MessageQueue.create(name, Queues.options(2, SIZE));
    }

    @AfterEach
    void remove() throws IpcException {
        queue.close();
        Queues.removeIfThere(name);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"WAITING", "TIMED"})
    void anInterruptBeforeAWaitingCallEndsItAndNothingHappened(Way way) throws Exception {
        Queues.send(queue, "kept", 0);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> way.receive(queue, buffer, info))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining(name);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> way.send(queue, new byte[1], 0))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(Queues.drain(queue)).containsExactly("kept");
    }

    @Test
    void aTimedReceiverIsServedInTurnWithAnUntimedOne() throws Exception {
        int messages = 300;
        Caller<Integer> timed = Caller.start(() -> receiveUntilTheEnd(Way.TIMED));
        Caller<Integer> untimed = Caller.start(() -> receiveUntilTheEnd(Way.WAITING));
        for (int i = 0; i < messages; i++) {
            await().pollInterval(Duration.ofMillis(1)).until(() -> queue.size() == 0);
            queue.send(new byte[1], 0);
        }
        queue.send(new byte[0], 0);
        queue.send(new byte[0], 0);
        assertThat(timed.result() + untimed.result()).isEqualTo(messages);
        assertThat(timed.result())
                .isGreaterThan(messages / 10); // 1 of 1,500 when it waited in ppoll
    }

    /** How many messages until an empty one. */
    private int receiveUntilTheEnd(Way way) throws Exception {
        MessageInfo ownInfo = new MessageInfo();
        byte[] ownBuffer = new byte[SIZE];
        int received = 0;
        while (way.receive(queue, ownBuffer, ownInfo) > 0) {
            received++;
        }
        return received;
    }

    @Test
    void aTryIgnoresAnInterruptAndKeepsIt() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(queue.trySend(new byte[1], 6)).isTrue();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.tryReceive(buffer, info)).isEqualTo(1);
        assertThat(queue.tryReceive(buffer, info)).isEqualTo(Ipc.WOULD_BLOCK);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void afterCloseEveryOperationSaysSo(Way way) throws Exception {
        queue.close();
        queue.close();
        assertThatThrownBy(() -> way.send(queue, new byte[1], 0))
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "mq_send"));
        assertThatThrownBy(() -> way.receive(queue, buffer, info))
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "mq_receive"));
        assertThatThrownBy(() -> way.receive(queue, Form.NATIVE_SEGMENT.of(buffer), info))
                .isInstanceOf(ClosedException.class);
        assertThatThrownBy(() -> queue.size())
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "mq_getattr"));
        assertThatThrownBy(() -> queue.attributes()).isInstanceOf(ClosedException.class);
        assertThat(queue.name()).isEqualTo(name);
        assertThat(queue.depth()).isEqualTo(2);
        assertThat(queue).hasToString("MessageQueue[" + name + ", 2 x 16 bytes]");
    }

    private void isClosed(ClosedException e, String operation) {
        assertThat(e.operation()).isEqualTo(operation);
        assertThat(e.objectName()).isEqualTo(name);
        assertThat(e.code()).isZero();
        assertThat(e.symbol()).isEmpty();
        assertThat(e).hasMessage(operation + " " + name + ": the handle is closed");
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    void closeEndsAReceiveThatWaitsAndNothingWasReceived(Threads threads, Way way)
            throws Exception {
        Caller<Integer> receiving =
                Caller.start(threads, () -> way.receive(queue, buffer, info)).awaitBlocked();
        queue.close();
        assertThatThrownBy(receiving::result)
                .cause()
                .isInstanceOfSatisfying(ClosedException.class, e -> isClosed(e, "mq_receive"));
        try (MessageQueue other = MessageQueue.open(name)) {
            Queues.send(other, "kept", 0);
            assertThat(Queues.drain(other)).containsExactly("kept");
        }
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    void closeEndsASendThatWaitsAndNothingWasSent(Threads threads, Way way) throws Exception {
        Queues.send(queue, "1", 0);
        Queues.send(queue, "2", 0);
        Caller<Boolean> sending =
                Caller.start(threads, () -> way.send(queue, new byte[] {'3'}, 0)).awaitBlocked();
        queue.close();
        assertThatThrownBy(sending::result).hasCauseInstanceOf(ClosedException.class);
        try (MessageQueue other = MessageQueue.open(name)) {
            assertThat(Queues.drain(other)).containsExactly("1", "2");
        }
    }

    @ParameterizedTest
    @MethodSource("waitingOnEachKindOfThread")
    @Conforms("mq_receive/5")
    void anInterruptEndsACallThatWaitsAndTheHandleStaysOpen(Threads threads, Way way)
            throws Exception {
        Caller<Integer> receiving =
                Caller.start(threads, () -> way.receive(queue, buffer, info)).awaitBlocked();
        receiving.interrupt();
        assertThatThrownBy(receiving::result)
                .cause()
                .isInstanceOf(InterruptedException.class)
                .hasMessage("mq_receive " + name);
        Queues.send(queue, "1", 0);
        Queues.send(queue, "2", 0);
        Caller<Boolean> sending =
                Caller.start(threads, () -> way.send(queue, new byte[] {'3'}, 0)).awaitBlocked();
        sending.interrupt();
        assertThatThrownBy(sending::result).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Queues.drain(queue)).containsExactly("1", "2");
    }

    static List<Arguments> waitingOnEachKindOfThread() {
        return Threads.with(Way.WAITING, Way.TIMED);
    }

    @Test
    void anArenaIsNotClosedUnderACallThatIsInside() throws Exception {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment shared = arena.allocate(SIZE);
            Caller<Integer> receiving =
                    Caller.start(() -> queue.receive(shared, info)).awaitBlocked();
            assertThatThrownBy(arena::close).isInstanceOf(IllegalStateException.class);
            Queues.send(queue, "safe", 0);
            assertThat(receiving.result()).isEqualTo(4);
        }
    }

    /** A timed call may let go of the memory while it waits; then it takes no message. */
    @Test
    void anArenaClosedUnderATimedCallLosesNoMessage() throws Exception {
        Arena arena = Arena.ofShared();
        MemorySegment shared = arena.allocate(SIZE);
        Caller<Integer> receiving =
                Caller.start(() -> queue.receive(shared, info, Queues.PATIENCE)).awaitBlocked();
        boolean closed = closes(arena);
        Queues.send(queue, "safe", 0);
        if (closed) {
            assertThatThrownBy(receiving::result).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(Queues.drain(queue)).containsExactly("safe");
        } else {
            assertThat(receiving.result()).isEqualTo(4);
            arena.close();
        }
        assertThat(shared.scope().isAlive()).isFalse();
    }

    private static boolean closes(Arena arena) {
        try {
            arena.close();
            return true;
        } catch (IllegalStateException e) {
            return false; // a call has it
        }
    }

    @Test
    void aHandleClosedUnderBusyCallersIsNeverMistakenForAnother() throws Exception {
        for (int round = 0; round < 200; round++) {
            MessageQueue handle = MessageQueue.open(name);
            List<Caller<Void>> callers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                callers.add(Caller.start(() -> untilClosed(handle)));
            }
            while (handle.trySend(new byte[0], 0)) {
                Thread.onSpinWait(); // until the callers run is enough
            }
            handle.close();
            for (Caller<Void> caller : callers) {
                caller.result();
            }
            Queues.drain(queue);
        }
    }

    /** Ends with the one exception that is right; a reused descriptor would give others. */
    private static Void untilClosed(MessageQueue handle) throws IpcException {
        byte[] mine = new byte[SIZE];
        try {
            while (true) {
                handle.size();
                if (handle.tryReceive(mine, new MessageInfo()) > 0) {
                    throw new AssertionError("a message of another queue");
                }
            }
        } catch (ClosedException e) {
            return null;
        }
    }

    @Test
    void manyWaitersGetOneMessageEach() throws Exception {
        List<Caller<String>> waiting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiting.add(Caller.start(() -> Queues.receive(queue)).awaitBlocked());
        }
        List<String> expected = List.of("0", "1", "2", "3", "4", "5");
        for (String text : expected) {
            Queues.send(queue, text, 0);
        }
        List<String> received = new ArrayList<>();
        for (Caller<String> waiter : waiting) {
            received.add(waiter.result());
        }
        assertThat(received).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(queue.size()).isZero();
    }
}
