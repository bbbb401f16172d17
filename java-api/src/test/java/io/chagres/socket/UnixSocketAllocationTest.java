// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.socket.UnixMessages.Kind;
import io.chagres.test.AllocatedBytes;
import io.chagres.test.LeakCheck;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the steady state nothing is allocated per operation. */
@Tag("native")
@Tag("allocation")
class UnixSocketAllocationTest {

    private static final int SIZE = 64;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration INSTANT = Duration.ofNanos(1);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MessageInfo info = new MessageInfo();

    private static void check(boolean right) {
        if (!right) {
            throw new AssertionError();
        }
    }

    private static void isZero(AllocatedBytes.Operation operation) throws Exception {
        assertThat(AllocatedBytes.perOperation(operation)).isZero();
    }

    private static MemorySegment segment(boolean isNative, Arena arena) {
        return isNative ? arena.allocate(SIZE) : MemorySegment.ofArray(new byte[SIZE]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAStream(boolean isNative) throws Exception {
        try (UnixStreams ends = UnixStreams.Kind.PAIR.open();
                Arena arena = Arena.ofConfined()) {
            UnixSocketChannel out = ends.client();
            UnixSocketChannel in = ends.server();
            MemorySegment source = segment(isNative, arena);
            MemorySegment target = segment(isNative, arena);
            isZero(
                    () -> {
                        check(out.write(source) == SIZE);
                        check(in.read(target) == SIZE);
                        check(out.write(source, LONG) == SIZE);
                        check(in.read(target, LONG) == SIZE);
                        check(out.tryWrite(source) == SIZE);
                        check(in.tryRead(target) == SIZE);
                        check(in.tryRead(target) == Ipc.WOULD_BLOCK);
                        check(out.write(source) == SIZE);
                        check(in.readFully(target) == SIZE);
                    });
            isZero(
                    () -> {
                        check(out.write(source) == SIZE);
                        check(in.peek(target, LONG) == SIZE);
                        check(in.available() == SIZE);
                        check(in.read(target, info) == SIZE);
                        check(in.tryRead(target, info) == Ipc.WOULD_BLOCK);
                    });
            isZero(() -> check(in.read(target, INSTANT) == Ipc.TIMED_OUT));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ofMessages(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open();
                Arena arena = Arena.ofConfined()) {
            for (boolean isNative : new boolean[] {true, false}) {
                MemorySegment message = segment(isNative, arena);
                MemorySegment target = segment(isNative, arena);
                UnixMessageChannel out = ends.sender();
                UnixMessageChannel in = ends.receiver();
                isZero(
                        () -> {
                            out.send(message);
                            check(in.receive(target) == SIZE);
                            check(out.trySend(message, LONG));
                            check(in.receive(target, LONG) == SIZE);
                            check(out.trySend(message));
                            check(in.tryReceive(target) == SIZE);
                            check(in.tryReceive(target) == Ipc.WOULD_BLOCK);
                        });
                isZero(
                        () -> {
                            out.send(message);
                            check(in.receive(target, info) == SIZE);
                            check(out.trySend(message));
                            check(in.receive(target, info, LONG) == SIZE);
                            check(in.tryReceive(target, info) == Ipc.WOULD_BLOCK);
                            check(in.receive(target, INSTANT) == Ipc.TIMED_OUT);
                        });
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void ofBatches(Kind kind) throws Exception {
        try (UnixMessages ends = kind.open()) {
            MemorySegment message = UnixMessages.room(SIZE);
            MessageBatch out = new MessageBatch(4, SIZE);
            MessageBatch in = new MessageBatch(8, SIZE);
            isZero(
                    () -> {
                        out.clear();
                        for (int i = 0; i < 4; i++) {
                            out.add(message);
                        }
                        check(ends.sender().send(out) == 4);
                        check(ends.receiver().receive(in) == 4);
                        check(ends.receiver().receive(in, Duration.ZERO) == Ipc.WOULD_BLOCK);
                    });
        }
    }

    @Test
    void ofAnEnvelopeThatIsMadeOnce() throws Exception {
        try (UnixDatagramChannel receiver = UnixDatagramChannel.bind(UnixAddress.unnamed());
                UnixDatagramChannel sender = UnixDatagramChannel.open()) {
            MemorySegment message = UnixMessages.room(SIZE);
            Envelope empty = Envelope.empty();
            Envelope to = Envelope.to(receiver.localAddress());
            sender.connect(receiver.localAddress());
            isZero(
                    () -> {
                        sender.send(message, empty);
                        check(receiver.receive(message, info) == SIZE);
                        check(sender.trySend(message, empty, LONG));
                        check(receiver.receive(message, info) == SIZE);
                    });
            sender.disconnect();
            isZero(
                    () -> {
                        check(sender.trySend(message, to));
                        check(receiver.receive(message, info) == SIZE);
                    });
        }
    }
}
