// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How messages pass from a sending to a receiving handle, whichever way the two were opened. */
@Tag("native")
abstract class MessageQueueContract {

    static final int DEPTH = 4;
    static final int SIZE = 64;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    String name;
    MessageQueue sender;
    MessageQueue receiver;
    private Arena arena;
    private MemorySegment message;
    private MemorySegment buffer;
    private final MessageInfo info = new MessageInfo();

    /** Creates the queue of {@link #DEPTH} times {@link #SIZE} bytes and sets both handles. */
    abstract void open() throws IpcException;

    @BeforeEach
    void create() throws IpcException {
        name = TestNames.posix();
        open();
        arena = Arena.ofShared(); // a test runs in another thread than this
        message = arena.allocate(SIZE);
        buffer = arena.allocate(SIZE);
    }

    @AfterEach
    void remove() throws IpcException {
        arena.close();
        sender.close();
        receiver.close();
        Queues.removeIfThere(name);
    }

    private void fill() throws Exception {
        for (int i = 0; i < DEPTH; i++) {
            Queues.send(sender, "filling " + i, 0);
        }
    }

    @Test
    @Conforms({"mq_open/1", "mq_send/1", "mq_timedsend/1", "mq_timedsend/8"})
    void everyLengthFromNothingToTheLongestComesBack() throws Exception {
        for (int length = 0; length <= SIZE; length++) {
            message.fill((byte) length);
            assertThat(sender.trySend(message.asSlice(0, length), 0, Duration.ofSeconds(1)))
                    .isTrue();
            assertThat(receiver.receive(buffer)).isEqualTo(length);
            assertThat(buffer.asSlice(0, length).mismatch(message.asSlice(0, length)))
                    .isEqualTo(-1);
        }
        assertThat(receiver.size()).isZero();
    }

    @Test
    @Conforms("mq_timedreceive/11")
    void theLengthIsTheMessagesAndNotTheBuffers() throws Exception {
        Queues.send(sender, "four", 0);
        MemorySegment large = arena.allocate(SIZE * 3L).fill((byte) 7);
        assertThat(receiver.receive(large, info, Duration.ofSeconds(1))).isEqualTo(4);
        assertThat(large.get(ValueLayout.JAVA_BYTE, 4)).isEqualTo((byte) 7);
    }

    @Test
    @Conforms({"mq_receive/1", "mq_timedreceive/4"})
    void higherPrioritiesComeFirstAndEqualOnesInTheOrderOfSending() throws Exception {
        Queues.send(sender, "a", 1);
        Queues.send(sender, "b", MessageQueue.MAX_PRIORITY);
        Queues.send(sender, "c", 0);
        Queues.send(sender, "d", 1);
        int[] priorities = {MessageQueue.MAX_PRIORITY, 1, 1, 0};
        String order = "badc";
        for (int i = 0; i < DEPTH; i++) {
            assertThat(receiver.receive(buffer, info)).isEqualTo(1);
            assertThat(buffer.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) order.charAt(i));
            assertThat(info.priority()).isEqualTo(priorities[i]);
        }
    }

    @Test
    @Conforms({"mq_send/10", "mq_timedsend/10", "mq_timedsend/9", "mq_open/18"})
    void aTryDoesNotWaitForRoomAndQueuesNothing() throws Exception {
        fill();
        assertThat(sender.trySend(message, MessageQueue.MAX_PRIORITY)).isFalse();
        assertThat(sender.size()).isEqualTo(DEPTH);
        assertThat(Queues.drain(receiver))
                .containsExactly("filling 0", "filling 1", "filling 2", "filling 3");
        assertThat(sender.trySend(message, 0)).isTrue();
    }

    @Test
    @Conforms({"mq_receive/7", "mq_timedreceive/7", "mq_timedreceive/13"})
    void aTryDoesNotWaitForAMessageAndRemovesNothing() throws Exception {
        Queues.send(sender, "", 77);
        assertThat(receiver.tryReceive(buffer, info)).isZero();
        assertThat(receiver.tryReceive(buffer, info)).isEqualTo(Ipc.WOULD_BLOCK);
        assertThat(info.priority()).isEqualTo(77);
        Queues.send(sender, "", 5);
        assertThat(receiver.tryReceive(buffer, info)).isZero();
        assertThat(info.priority()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_000_000, 1_200_000_000})
    @Conforms({"mq_timedsend/20", "mq_timedreceive/18"})
    void aTimedCallWaitsAtLeastItsTimeout(long nanos) throws Exception {
        Duration timeout = Duration.ofNanos(nanos);
        long start = System.nanoTime();
        assertThat(receiver.receive(buffer, info, timeout)).isEqualTo(Ipc.TIMED_OUT);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
        fill();
        start = System.nanoTime();
        assertThat(sender.trySend(message, 0, timeout)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
        assertThat(receiver.size()).isEqualTo(DEPTH);
    }

    static List<Duration> timeoutsThatDoNotWait() {
        return List.of(
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofDays(-1),
                Duration.ofSeconds(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("timeoutsThatDoNotWait")
    @Conforms("mq_timedreceive/18")
    void aTimeoutOfNothingOrLessIsATry(Duration timeout) throws Exception {
        assertThat(receiver.receive(buffer, info, timeout)).isEqualTo(Ipc.WOULD_BLOCK);
        assertThat(sender.trySend(message, 3, timeout)).isTrue();
        assertThat(receiver.receive(buffer, info, timeout)).isEqualTo(SIZE);
        fill();
        assertThat(sender.trySend(message, 0, timeout)).isFalse();
    }

    static List<Duration> timeoutsWithoutAnEnd() {
        return List.of(
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE).plusNanos(1),
                Duration.ofNanos(Long.MAX_VALUE / 4),
                Duration.ofDays(36_500));
    }

    @ParameterizedTest
    @MethodSource("timeoutsWithoutAnEnd")
    void aHugeTimeoutWaitsUntilThereIsAMessageAndRoom(Duration timeout) throws Exception {
        Caller<Integer> receiving =
                Caller.start(() -> receiver.receive(buffer, info, timeout)).awaitBlocked();
        Queues.send(sender, "at last", 0);
        assertThat(receiving.result()).isEqualTo(7);
        fill();
        Caller<Boolean> sending =
                Caller.start(() -> sender.trySend(message, 0, timeout)).awaitBlocked();
        assertThat(Queues.receive(receiver)).isEqualTo("filling 0");
        assertThat(sending.result()).isTrue();
    }

    @Test
    @Conforms("mq_open/18")
    void aBlockedReceiveEndsWithAMessage() throws Exception {
        Caller<Integer> receiving =
                Caller.start(() -> receiver.receive(buffer, info)).awaitBlocked();
        Queues.send(sender, "hello", 9);
        assertThat(receiving.result()).isEqualTo(5);
        assertThat(info.priority()).isEqualTo(9);
        assertThat(receiver.size()).isZero();
    }

    @Test
    @Conforms("mq_open/18")
    void aBlockedSendEndsWithRoom() throws Exception {
        fill();
        Caller<Boolean> sending =
                Caller.start(
                                () -> {
                                    sender.send(message, 1);
                                    return true;
                                })
                        .awaitBlocked();
        assertThat(Queues.receive(receiver)).isEqualTo("filling 0");
        assertThat(sending.result()).isTrue();
        assertThat(receiver.size()).isEqualTo(DEPTH);
        assertThat(receiver.receive(buffer, info)).isEqualTo(SIZE);
    }

    @Test
    @Conforms({"mq_getattr/3", "mq_getattr/5", "mq_open/13", "shm.mq/O266"})
    void depthAndMessageSizeAreThoseOfTheCreationAndTheSizeIsCounted() throws Exception {
        for (int i = 0; i <= DEPTH; i++) {
            MessageQueueAttributes expected = new MessageQueueAttributes(DEPTH, SIZE, i);
            assertThat(receiver.attributes()).isEqualTo(expected);
            assertThat(sender.attributes()).isEqualTo(expected);
            assertThat(sender.size()).isEqualTo(i);
            assertThat(sender.trySend(message, i)).isEqualTo(i < DEPTH);
        }
        assertThat(receiver.depth()).isEqualTo(DEPTH);
        assertThat(receiver.messageSize()).isEqualTo(SIZE);
        assertThat(receiver.name()).isEqualTo(name);
        assertThat(receiver).hasToString("MessageQueue[" + name + ", 4 x 64 bytes]");
    }
}
