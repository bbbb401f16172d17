// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many threads on one handle: every message arrives once, whole, and in its sender's order. */
@Tag("native")
class MessageQueueConcurrencyTest {

    private static final int SIZE = 256;
    private static final int SENDERS = 4;
    private static final int RECEIVERS = 4;
    private static final int END = -1;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private MessageQueue queue;

    @BeforeEach
    void create() throws IpcException {
        queue = MessageQueue.create(name, Queues.options(8, SIZE));
    }

    @AfterEach
    void remove() throws IpcException {
        queue.close();
        MessageQueue.unlink(name);
    }

    /** How a thread waits for its turn. */
    private interface Turn {
        void send(MemorySegment message) throws Exception;

        int receive(MemorySegment buffer) throws Exception;
    }

    private Turn of(Way way) {
        return new Turn() {
            @Override
            public void send(MemorySegment message) throws Exception {
                while (!way.send(queue, message, 0)) {
                    LockSupport.parkNanos(1); // a virtual thread leaves its carrier
                }
            }

            @Override
            public int receive(MemorySegment buffer) throws Exception {
                int length = way.receive(queue, buffer, new MessageInfo());
                while (length == Ipc.WOULD_BLOCK) {
                    LockSupport.parkNanos(1);
                    length = way.receive(queue, buffer, new MessageInfo());
                }
                return length;
            }
        };
    }

    private static MemorySegment heap() {
        return MemorySegment.ofArray(new int[SIZE / Integer.BYTES]);
    }

    private static Void sendAll(Turn turn, int from, int count) throws Exception {
        MemorySegment message = heap();
        for (int number = from; number < from + count; number++) {
            int ints = 1 + number % (SIZE / Integer.BYTES);
            for (int i = 0; i < ints; i++) {
                message.setAtIndex(ValueLayout.JAVA_INT, i, number);
            }
            turn.send(message.asSlice(0, (long) ints * Integer.BYTES));
        }
        return null;
    }

    private static Void receiveAll(Turn turn, AtomicIntegerArray seen, int count) throws Exception {
        MemorySegment buffer = heap();
        int[] last = new int[SENDERS];
        while (true) {
            int ints = turn.receive(buffer) / Integer.BYTES;
            int number = buffer.getAtIndex(ValueLayout.JAVA_INT, 0);
            if (number == END) {
                return null;
            }
            assertThat(ints).isEqualTo(1 + number % (SIZE / Integer.BYTES));
            for (int i = 1; i < ints; i++) {
                check(buffer.getAtIndex(ValueLayout.JAVA_INT, i) == number);
            }
            int sender = number / count;
            check(number + 1 > last[sender]);
            last[sender] = number + 1;
            seen.incrementAndGet(number);
        }
    }

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError("a mixed message, or one out of order");
        }
    }

    private static FutureTask<Void> start(Thread.Builder builder, Callable<Void> call) {
        FutureTask<Void> task = new FutureTask<>(call);
        builder.start(task);
        return task;
    }

    private void everyMessageArrivesOnce(
            Thread.Builder senders, Thread.Builder receivers, Way way, int count) throws Exception {
        AtomicIntegerArray seen = new AtomicIntegerArray(SENDERS * count);
        Turn turn = of(way);
        List<FutureTask<Void>> sending = new ArrayList<>();
        List<FutureTask<Void>> receiving = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            receiving.add(start(receivers, () -> receiveAll(turn, seen, count)));
        }
        for (int i = 0; i < SENDERS; i++) {
            int from = i * count;
            sending.add(start(senders, () -> sendAll(turn, from, count)));
        }
        for (FutureTask<Void> task : sending) {
            task.get(55, TimeUnit.SECONDS);
        }
        for (int i = 0; i < RECEIVERS; i++) {
            turn.send(MemorySegment.ofArray(new int[] {END}));
        }
        for (FutureTask<Void> task : receiving) {
            task.get(55, TimeUnit.SECONDS);
        }
        for (int i = 0; i < seen.length(); i++) {
            check(seen.get(i) == 1);
        }
        assertThat(queue.size()).isZero();
    }

    private static Thread.Builder platform() {
        return Thread.ofPlatform().daemon();
    }

    @Test
    void onPlatformThreadsThatBlock() throws Exception {
        everyMessageArrivesOnce(platform(), platform(), Way.WAITING, 5_000);
    }

    @Test
    void onPlatformThreadsThatWaitWithATimeout() throws Exception {
        everyMessageArrivesOnce(platform(), platform(), Way.TIMED, 5_000);
    }

    @Test
    void onVirtualThreadsThatTry() throws Exception {
        everyMessageArrivesOnce(Thread.ofVirtual(), Thread.ofVirtual(), Way.TRYING, 2_000);
    }

    @Test
    void onVirtualThreadsThatSendToPlatformThreads() throws Exception {
        everyMessageArrivesOnce(Thread.ofVirtual(), platform(), Way.TRYING, 2_000);
    }

    @Test
    @Tag("stress")
    void onPlatformThreadsForLong() throws Exception {
        everyMessageArrivesOnce(platform(), platform(), Way.WAITING, 300_000);
    }
}
