// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Ipc;
import java.io.EOFException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class StreamFramingTest {

    private static final int MAX = 100;
    private static final Duration SOON = Duration.ofMillis(1);

    private final MemoryStream stream = new MemoryStream();
    private final StreamFraming framing = new StreamFraming(MAX, stream::read, stream::write);
    private final MemorySegment buffer = MemorySegment.ofArray(new byte[MAX]);

    private static MemorySegment message(int length) {
        MemorySegment message = MemorySegment.ofArray(new byte[length]);
        Payload.fill(message, length, Payload.REQUEST);
        return message;
    }

    private void receiveVerified(int length) throws Exception {
        int received = framing.receive(buffer, SOON);
        Payload.verify(buffer.asSlice(0, received), length, Payload.REQUEST, length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000})
    void messagesKeepTheirBoundsInWhateverPiecesTheyGo(int piece) throws Exception {
        stream.piece = piece;
        int[] lengths = {MAX, 1, 0, 64, MAX};
        for (int length : lengths) {
            assertThat(framing.send(message(length), SOON)).isTrue();
        }
        for (int length : lengths) {
            receiveVerified(length);
        }
        assertThat(framing.receive(buffer, SOON)).isEqualTo(Ipc.TIMED_OUT);
    }

    @Test
    void theLengthGoesFirstInTheOrderOfTheMachine() throws Exception {
        framing.send(message(5), SOON);
        byte[] header = new byte[Integer.BYTES];
        stream.piece = header.length;
        stream.read(MemorySegment.ofArray(header), SOON);
        assertThat(ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).getInt()).isEqualTo(5);
        assertThat(stream.bytes).hasSize(5);
    }

    @Test
    void whatATimeoutHasCutShortIsContinued() throws Exception {
        MemorySegment message = message(50);
        for (int room = 1; room < 54; room++) {
            stream.room = 1;
            assertThat(framing.send(message, SOON)).isFalse();
            assertThat(framing.receive(buffer, SOON)).isEqualTo(Ipc.TIMED_OUT);
        }
        stream.room = 1;
        assertThat(framing.send(message, SOON)).isTrue();
        receiveVerified(50);
        stream.room = Integer.MAX_VALUE;
        assertThat(framing.send(message(7), SOON)).isTrue();
        receiveVerified(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void aLengthOutOfBoundsIsAnError(int length) {
        MemorySegment header = MemorySegment.ofArray(new byte[Integer.BYTES]);
        header.set(ValueLayout.JAVA_INT_UNALIGNED, 0, length);
        stream.write(header, SOON);
        assertThatThrownBy(() -> framing.receive(buffer, SOON))
                .isInstanceOf(WrongPayloadException.class)
                .hasMessageContaining(Integer.toUnsignedString(length));
    }

    @Test
    void theEndOfTheStreamIsAnError() throws Exception {
        framing.send(message(1), SOON);
        stream.ended = true;
        receiveVerified(1);
        assertThatThrownBy(() -> framing.receive(buffer, SOON))
                .isInstanceOf(EOFException.class)
                .hasMessage("the stream has ended");
        stream.write(message(1), SOON);
        assertThatThrownBy(() -> framing.receive(buffer, SOON))
                .isInstanceOf(EOFException.class)
                .hasMessage("the stream has ended within a message");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedAndNothingSent() throws Exception {
        assertThatThrownBy(() -> framing.send(message(MAX + 1), SOON))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(stream.bytes).isEmpty();
        assertThat(framing.send(message(MAX), SOON)).isTrue();
        receiveVerified(MAX);
    }

    /** A pipe that nobody waits at. */
    private static final class MemoryStream {
        private final Deque<Byte> bytes = new ArrayDeque<>();
        private int piece = Integer.MAX_VALUE;
        private int room = Integer.MAX_VALUE;
        private boolean ended;

        int read(MemorySegment target, Duration timeout) {
            int count = Math.min(bytes.size(), (int) Math.min(piece, target.byteSize()));
            for (int i = 0; i < count; i++) {
                target.set(ValueLayout.JAVA_BYTE, i, bytes.remove());
            }
            return count > 0 ? count : ended ? Ipc.EOF : Ipc.TIMED_OUT;
        }

        int write(MemorySegment source, Duration timeout) {
            int count = Math.min(room, (int) Math.min(piece, source.byteSize()));
            for (int i = 0; i < count; i++) {
                bytes.add(source.get(ValueLayout.JAVA_BYTE, i));
            }
            room -= count;
            return count > 0 ? count : Ipc.TIMED_OUT;
        }
    }
}
