// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Segments, buffers and arrays, native and heap, in all three ways to call. */
@Tag("native")
class MessageFormsTest {

    private static final int SIZE = 100;
    private static final byte OLD = 99;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private final MessageInfo info = new MessageInfo();
    private MessageQueue queue;

    @BeforeEach
    void create() throws IpcException {
        queue = MessageQueue.create(name, Queues.options(2, SIZE));
    }

    @AfterEach
    void remove() throws IpcException {
        queue.close();
        MessageQueue.unlink(name);
    }

    static Stream<Arguments> everyFormInEveryWay() {
        return Stream.of(Form.values())
                .flatMap(form -> Stream.of(Way.values()).map(way -> Arguments.of(form, way)));
    }

    private static byte[] numbered(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i + length);
        }
        return content;
    }

    private static Object old(Form form) {
        byte[] content = new byte[SIZE];
        Arrays.fill(content, OLD);
        return form.of(content);
    }

    @ParameterizedTest
    @MethodSource("everyFormInEveryWay")
    void whatIsSentIsBetweenPositionAndLimit(Form form, Way way) throws Exception {
        byte[] received = new byte[SIZE];
        for (int length : new int[] {0, 1, 7, SIZE}) {
            byte[] content = numbered(length);
            for (Object message : List.of(form.of(content), Form.readOnly(form.of(content)))) {
                assertThat(way.send(queue, message, length)).isTrue();
                assertThat(Form.moved(message))
                        .isEqualTo(message instanceof ByteBuffer ? length : 0);
                assertThat(queue.tryReceive(received, info)).isEqualTo(length);
                assertThat(Arrays.copyOf(received, length)).isEqualTo(content);
                assertThat(info.priority()).isEqualTo(length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyFormInEveryWay")
    void whatIsReceivedGoesFromThePositionOnAndNoFurther(Form form, Way way) throws Exception {
        for (int length : new int[] {0, 1, 7, SIZE}) {
            byte[] content = numbered(length);
            queue.send(content, length);
            Object buffer = old(form);
            assertThat(way.receive(queue, buffer, info)).isEqualTo(length);
            assertThat(info.priority()).isEqualTo(length);
            byte[] expected = new byte[SIZE];
            Arrays.fill(expected, OLD);
            System.arraycopy(content, 0, expected, 0, length);
            assertThat(Form.content(buffer)).isEqualTo(expected);
            assertThat(Form.moved(buffer)).isEqualTo(buffer instanceof ByteBuffer ? length : 0);
            assertThat(Form.outsideIsUntouched(buffer)).isTrue();
        }
    }

    @Test
    void thePriorityNeedNotBeAskedFor() throws Exception {
        byte[] array = new byte[SIZE];
        ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE + 1).position(1);
        queue.send(numbered(3), 7);
        assertThat(queue.receive(array)).isEqualTo(3);
        assertThat(Arrays.copyOf(array, 3)).isEqualTo(numbered(3));
        queue.send(numbered(4), 7);
        assertThat(queue.receive(buffer)).isEqualTo(4);
        assertThat(buffer.position()).isEqualTo(5);
        assertThat(buffer.get(4)).isEqualTo(numbered(4)[3]);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void nothingMovesAndNothingIsWrittenWhenNothingWasReceived(Form form) throws Exception {
        Object buffer = old(form);
        byte[] before = Form.content(buffer);
        queue.send(new byte[0], 4321);
        assertThat(queue.tryReceive(new byte[SIZE], info)).isZero();
        assertThat(Way.TRYING.receive(queue, buffer, info)).isEqualTo(Ipc.WOULD_BLOCK);
        if (buffer instanceof ByteBuffer bytes) {
            assertThat(queue.receive(bytes, info, Duration.ofNanos(1))).isEqualTo(Ipc.TIMED_OUT);
        } else if (buffer instanceof byte[] array) {
            assertThat(queue.receive(array, info, Duration.ofNanos(1))).isEqualTo(Ipc.TIMED_OUT);
        }
        assertThat(Form.moved(buffer)).isZero();
        assertThat(Form.content(buffer)).isEqualTo(before);
        assertThat(info.priority()).isEqualTo(4321);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void nothingMovesWhenNothingWasSent(Form form) throws Exception {
        queue.send(new byte[0], 0);
        queue.send(new byte[0], 0);
        Object message = form.of(numbered(SIZE));
        assertThat(Way.TRYING.send(queue, message, 0)).isFalse();
        if (message instanceof ByteBuffer bytes) {
            assertThat(queue.trySend(bytes, 0, Duration.ofNanos(1))).isFalse();
        } else if (message instanceof byte[] array) {
            assertThat(queue.trySend(array, 0, Duration.ofNanos(1))).isFalse();
        }
        assertThat(Form.moved(message)).isZero();
        assertThat(queue.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void theMessageOfOneThreadIsNotThatOfAnother(Form form) throws Exception {
        byte[] mine = numbered(SIZE);
        Caller.start(() -> Way.TRYING.send(queue, form.of(new byte[SIZE]), 0)).result();
        assertThat(Way.TRYING.send(queue, form.of(mine), 1)).isTrue();
        Object first = old(form);
        assertThat(Way.TRYING.receive(queue, first, info)).isEqualTo(SIZE);
        assertThat(Form.content(first)).isEqualTo(mine);
        Object second = old(form);
        assertThat(Way.TRYING.receive(queue, second, info)).isEqualTo(SIZE);
        assertThat(Form.content(second)).containsOnly(0);
    }
}
