// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.AllocatedBytes;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the steady state nothing is allocated per message. */
@Tag("native")
@Tag("allocation")
class MessageQueueAllocationTest {

    private static final int SIZE = 64;
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private final MessageInfo info = new MessageInfo();
    private MessageQueue queue;

    @BeforeEach
    void create() throws IpcException {
        queue = MessageQueue.create(name, Queues.options(1, SIZE));
    }

    @AfterEach
    void remove() throws IpcException {
        queue.close();
        MessageQueue.unlink(name);
    }

    private void waiting(MemorySegment message, MemorySegment buffer) throws Exception {
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> {
                                    queue.send(message, 1);
                                    check(queue.receive(buffer, info) == SIZE);
                                    queue.send(message, 1);
                                    check(queue.receive(buffer) == SIZE);
                                }))
                .isZero();
    }

    private void trying(MemorySegment message, MemorySegment buffer) throws Exception {
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> {
                                    check(queue.trySend(message, 1));
                                    check(!queue.trySend(message, 1));
                                    check(queue.tryReceive(buffer, info) == SIZE);
                                    check(queue.tryReceive(buffer, info) == Ipc.WOULD_BLOCK);
                                }))
                .isZero();
    }

    private void timed(MemorySegment message, MemorySegment buffer) throws Exception {
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> {
                                    check(queue.trySend(message, 1, LONG));
                                    check(queue.receive(buffer, info, LONG) == SIZE);
                                }))
                .isZero();
    }

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError();
        }
    }

    @Test
    void withNativeSegments() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(SIZE);
            MemorySegment buffer = arena.allocate(SIZE);
            waiting(message, buffer);
            trying(message, buffer);
            timed(message, buffer);
        }
    }

    @Test
    void withHeapSegments() throws Exception {
        MemorySegment message = MemorySegment.ofArray(new byte[SIZE]);
        MemorySegment buffer = MemorySegment.ofArray(new byte[SIZE]);
        waiting(message, buffer);
        trying(message, buffer);
        timed(message, buffer);
    }

    @Test
    void withArrays() throws Exception {
        byte[] message = new byte[SIZE];
        byte[] buffer = new byte[SIZE];
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> {
                                    queue.send(message, 1);
                                    check(queue.receive(buffer, info) == SIZE);
                                    check(queue.trySend(message, 1));
                                    check(queue.tryReceive(buffer, info) == SIZE);
                                    check(queue.trySend(message, 1, LONG));
                                    check(queue.receive(buffer, info, LONG) == SIZE);
                                }))
                .isZero();
    }

    @Test
    void whenATimedCallWaitsInVain() throws Exception {
        MemorySegment buffer = MemorySegment.ofArray(new byte[SIZE]);
        Duration instant = Duration.ofNanos(1);
        assertThat(
                        AllocatedBytes.perOperation(
                                () -> check(queue.receive(buffer, info, instant) == Ipc.TIMED_OUT)))
                .isZero();
    }

    @Test
    void whenTheSizeIsAskedFor() throws Exception {
        assertThat(AllocatedBytes.perOperation(() -> check(queue.size() == 0))).isZero();
    }
}
