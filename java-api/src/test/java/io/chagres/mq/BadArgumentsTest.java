// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages, priorities and buffers that are refused; what is in the queue stays in it. */
@Tag("native")
class BadArgumentsTest {

    private static final int SIZE = 32;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private final MessageInfo info = new MessageInfo();
    private MessageQueue queue;

    @BeforeEach
    void create() throws Exception {
        queue = MessageQueue.create(name, Queues.options(4, SIZE));
        Queues.send(queue, "first", 0);
        Queues.send(queue, "second", 0);
    }

    /** However a call was refused, it took nothing and added nothing. */
    @AfterEach
    void nothingWasLostOrAdded() throws IpcException {
        try {
            assertThat(Queues.drain(queue)).containsExactly("first", "second");
        } finally {
            queue.close();
            MessageQueue.unlink(name);
        }
    }

    @ParameterizedTest
    @MethodSource("io.chagres.mq.MessageFormsTest#everyFormInEveryWay")
    @Conforms({"mq_send/2", "mq_send/14", "mq_timedsend/14", "mq_timedsend/9"})
    void aMessageLongerThanTheQueuesIsRefused(Form form, Way way) {
        Object message = form.of(new byte[SIZE + 1]);
        assertThatThrownBy(() -> way.send(queue, message, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message of 33 bytes is longer than the queue's 32");
        assertThat(Form.moved(message)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aMessageOfGigabytesIsRefusedToo(Way way) {
        MemorySegment unsized = MemorySegment.ofArray(new long[1 << 16]);
        assertThatThrownBy(() -> way.send(queue, unsized, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @Conforms({"mq_send/4", "mq_timedsend/13", "mq_timedsend/9"})
    void aPriorityThatDoesNotExistIsRefused(Way way) {
        int[] wrong = {-1, MessageQueue.MAX_PRIORITY + 1, Integer.MIN_VALUE, Integer.MAX_VALUE};
        for (int priority : wrong) {
            assertThatThrownBy(() -> way.send(queue, new byte[1], priority))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("priority " + priority + " is not between 0 and 32767");
        }
    }

    @ParameterizedTest
    @MethodSource("io.chagres.mq.MessageFormsTest#everyFormInEveryWay")
    @Conforms("shm.mq/O261")
    void aBufferThatIsTooSmallIsRefusedThoughTheMessageWouldFit(Form form, Way way) {
        for (int size : new int[] {SIZE - 1, 6, 0}) {
            Object buffer = form.of(new byte[size]);
            assertThatThrownBy(() -> way.receive(queue, buffer, info))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "a buffer of " + size + " bytes is too small for messages of up to 32");
            assertThat(Form.moved(buffer)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = "ARRAY", // which cannot be read-only
            mode = EnumSource.Mode.EXCLUDE)
    void aReadOnlyBufferIsRefused(Form form) {
        Object buffer = Form.readOnly(form.of(new byte[SIZE]));
        for (Way way : Way.values()) {
            assertThatThrownBy(() -> way.receive(queue, buffer, info))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("read-only");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void memoryThatIsClosedIsRefused(Way way) {
        MemorySegment closed;
        ByteBuffer view;
        try (Arena arena = Arena.ofShared()) {
            closed = arena.allocate(SIZE);
            view = closed.asByteBuffer();
        }
        for (Object memory : new Object[] {closed, view, closed.asSlice(SIZE)}) {
            assertThatThrownBy(() -> way.send(queue, memory, 0))
                    .isInstanceOf(IllegalStateException.class);
        }
        for (Object memory : new Object[] {closed, view}) {
            assertThatThrownBy(() -> way.receive(queue, memory, info))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void memoryThatIsConfinedToAnotherThreadIsRefused(Way way) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment confined = arena.allocate(SIZE);
            Object[] forms = {confined, confined.asByteBuffer()};
            Caller.start(() -> refusesConfined(way, forms)).result();
        }
    }

    private Void refusesConfined(Way way, Object... forms) {
        for (Object memory : forms) {
            assertThatThrownBy(() -> way.send(queue, memory, 0))
                    .isInstanceOf(WrongThreadException.class);
            assertThatThrownBy(() -> way.receive(queue, memory, info))
                    .isInstanceOf(WrongThreadException.class);
        }
        return null;
    }

    @Test
    void nullsAreProgrammersErrors() {
        byte[] buffer = new byte[SIZE];
        assertThatThrownBy(() -> queue.send((byte[]) null, 0))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.send((MemorySegment) null, 0))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.send((ByteBuffer) null, 0))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.trySend(buffer, 0, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.receive(buffer, info, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.tryReceive((byte[]) null, info))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void aRefusedCallLeavesTheHandleAsUsableAsBefore() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThatThrownBy(() -> queue.trySend(new byte[SIZE + 1], 0, Duration.ofDays(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Queues.send(queue, "urgent", 1);
        assertThat(Queues.receive(queue)).isEqualTo("urgent");
    }
}
