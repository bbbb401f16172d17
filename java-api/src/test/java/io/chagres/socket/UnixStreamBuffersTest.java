// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.InterruptedCallException;
import io.chagres.Ipc;
import io.chagres.MessageInfo;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segments, buffers and arrays of every kind, read from and written to a stream. */
@Tag("native")
class UnixStreamBuffersTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private UnixSocketChannel out;
    private UnixSocketChannel in;

    @BeforeEach
    void open() throws Exception {
        SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
        out = pair.first();
        in = pair.second();
    }

    @AfterEach
    void close() throws Exception {
        new SocketPair<>(out, in).close();
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void refused(Class<? extends Exception> how, Call... calls) {
        for (Call each : calls) {
            assertThatThrownBy(each::run).isInstanceOf(how);
        }
    }

    @Test
    void aBuffersPositionMovesByWhatWasMoved() throws Exception {
        for (boolean direct : new boolean[] {true, false}) {
            ByteBuffer source = direct ? ByteBuffer.allocateDirect(9) : ByteBuffer.allocate(9);
            source.put("xHELLOyyy".getBytes(UTF_8)).position(1).limit(6);
            assertThat(out.write(source.asReadOnlyBuffer())).isEqualTo(5);
            assertThat(out.write(source, UnixStreams.PATIENCE)).isEqualTo(5);
            assertThat(source.position()).isEqualTo(6);
            source.position(5);
            assertThat(out.tryWrite(source)).isEqualTo(1);
            ByteBuffer target = direct ? ByteBuffer.allocateDirect(20) : ByteBuffer.allocate(20);
            target.position(2).limit(7);
            assertThat(in.read(target)).isEqualTo(5);
            assertThat(target.position()).isEqualTo(7);
            assertThat(in.read(target)).isZero();
            target.limit(9);
            assertThat(in.read(target, UnixStreams.PATIENCE)).isEqualTo(2);
            target.limit(20);
            assertThat(in.tryRead(target)).isEqualTo(4);
            assertThat(in.tryRead(target)).isEqualTo(Ipc.WOULD_BLOCK);
            byte[] all = new byte[11];
            target.flip().position(2);
            target.get(all);
            assertThat(new String(all, UTF_8)).isEqualTo("HELLOHELLOO");
        }
    }

    @Test
    @Conforms("af_unix.stream/O53")
    void severalBuffersKeepTheirOrder() throws Exception {
        ByteBuffer[] sources = {
            ByteBuffer.wrap("ab".getBytes(UTF_8)),
            ByteBuffer.allocate(0),
            ByteBuffer.allocateDirect(3).put("cde".getBytes(UTF_8)).flip(),
            ByteBuffer.wrap("fghi".getBytes(UTF_8)).asReadOnlyBuffer()
        };
        assertThat(out.write(sources)).isEqualTo(9);
        assertThat(sources).noneMatch(ByteBuffer::hasRemaining);
        ByteBuffer[] targets = {
            ByteBuffer.allocateDirect(1), ByteBuffer.allocate(0), ByteBuffer.allocate(100)
        };
        assertThat(in.read(targets)).isEqualTo(9);
        assertThat(targets[0].get(0)).isEqualTo((byte) 'a');
        assertThat(new String(targets[2].array(), 0, 8, UTF_8)).isEqualTo("bcdefghi");
        assertThat(targets[2].position()).isEqualTo(8);
    }

    @Test
    @Conforms("af_unix.stream/O53")
    void ofSeveralBuffersARangeIsUsed() throws Exception {
        ByteBuffer[] buffers = new ByteBuffer[4];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = ByteBuffer.wrap(new byte[] {(byte) i, (byte) i});
        }
        assertThat(out.write(buffers, 1, 2)).isEqualTo(4);
        ByteBuffer[] targets = {ByteBuffer.allocate(1), ByteBuffer.allocate(3)};
        assertThat(in.read(targets, 1, 1)).isEqualTo(3);
        assertThat(targets[1].array()).containsExactly(1, 1, 2);
        assertThat(in.read(targets, 0, 2)).isEqualTo(1);
        assertThat(targets[0].array()).containsExactly(2);
        refused(
                IndexOutOfBoundsException.class,
                () -> out.write(buffers, 3, 2),
                () -> out.write(buffers, -1, 1),
                () -> in.read(targets, 0, 3));
    }

    @Test
    @Conforms("af_unix.stream/O53")
    void manyLargeBuffersAreWrittenInOrder() throws Exception {
        ByteBuffer[] sources = new ByteBuffer[40];
        byte[] all = new byte[40 * 30_000];
        new Random(3).nextBytes(all);
        for (int i = 0; i < sources.length; i++) {
            sources[i] = ByteBuffer.wrap(all, i * 30_000, 30_000);
        }
        FutureTask<Long> writing = new FutureTask<>(() -> out.write(sources));
        Threads.PLATFORM.unstarted("writer", writing).start();
        byte[] received = new byte[all.length];
        assertThat(in.readFully(received)).isEqualTo(all.length);
        assertThat(writing.get()).isEqualTo(all.length);
        assertThat(received).isEqualTo(all);
    }

    @Test
    void nothingIsReadIntoAReadOnlyTarget() throws Exception {
        out.write(new byte[] {1});
        MemorySegment segment = MemorySegment.ofArray(new byte[4]).asReadOnly();
        ByteBuffer buffer = ByteBuffer.allocate(4).asReadOnlyBuffer();
        refused(
                IllegalArgumentException.class,
                () -> in.read(segment),
                () -> in.read(segment, UnixStreams.SHORT),
                () -> in.tryRead(segment),
                () -> in.readFully(segment),
                () -> in.readFully(segment, UnixStreams.SHORT),
                () -> in.read(segment, new MessageInfo()),
                () -> in.tryRead(segment, new MessageInfo()),
                () -> in.peek(segment, UnixStreams.SHORT),
                () -> in.read(buffer),
                () -> in.tryRead(buffer),
                () -> in.read(buffer, UnixStreams.SHORT),
                () -> in.read(new ByteBuffer[] {ByteBuffer.allocate(1), buffer}));
        assertThat(in.tryRead(new byte[4])).isEqualTo(1);
        assertThat(out.write(segment)).isEqualTo(4);
        assertThat(out.write(segment, Envelope.empty())).isEqualTo(4);
    }

    @Test
    void sizeZeroDoesNothingAndDoesNotWait() throws Exception {
        MemorySegment empty = MemorySegment.ofArray(new byte[0]);
        assertThat(in.read(empty)).isZero();
        assertThat(in.read(new byte[0])).isZero();
        assertThat(in.readFully(empty)).isZero();
        assertThat(in.read(empty, new MessageInfo())).isZero();
        assertThat(in.read(ByteBuffer.allocate(0))).isZero();
        assertThat(in.read(new ByteBuffer[0])).isZero();
        assertThat(out.write(empty)).isZero();
        assertThat(out.write(MemorySegment.NULL)).isZero();
        assertThat(out.tryWrite(empty)).isZero();
        assertThat(out.write(new ByteBuffer[] {ByteBuffer.allocate(0)})).isZero();
        refused(
                IllegalArgumentException.class,
                () -> out.write(empty, Envelope.empty()),
                () -> out.tryWrite(empty, Envelope.empty()));
        assertThat(in.available()).isZero();
    }

    @Test
    void aSegmentOfAClosedArenaIsRefused() throws Exception {
        MemorySegment closed;
        try (Arena arena = Arena.ofShared()) {
            closed = arena.allocate(8);
        }
        out.write(new byte[] {1});
        refused(
                IllegalStateException.class,
                () -> in.read(closed),
                () -> in.read(closed, UnixStreams.SHORT),
                () -> in.tryRead(closed),
                () -> in.readFully(closed),
                () -> in.read(closed, new MessageInfo()),
                () -> in.tryRead(closed, new MessageInfo()),
                () -> in.peek(closed, UnixStreams.SHORT),
                () -> out.write(closed),
                () -> out.write(closed, UnixStreams.SHORT),
                () -> out.tryWrite(closed),
                () -> out.write(closed, Envelope.empty()));
        assertThat(in.read(new byte[8])).isEqualTo(1);
    }

    @Test
    void aDestinationIsRefused() {
        Envelope envelope = Envelope.to(UnixAddress.ofAbstract("a"));
        refused(
                IllegalArgumentException.class,
                () -> out.write(UnixMessages.room(1), envelope),
                () -> out.write(UnixMessages.room(1), envelope, UnixStreams.SHORT),
                () -> out.tryWrite(UnixMessages.room(1), envelope));
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptBeforeACallEndsItAndATryIgnoresIt(Threads threads) throws Exception {
        byte[] target = new byte[4];
        MemorySegment segment = MemorySegment.ofArray(target);
        List<Call> calls =
                List.of(
                        () -> in.read(target),
                        () -> in.read(segment, UnixStreams.SHORT),
                        () -> in.read(segment, new MessageInfo()),
                        () -> in.readFully(target),
                        () -> in.peek(segment, UnixStreams.SHORT),
                        () -> out.write(target),
                        () -> out.write(segment, UnixStreams.SHORT),
                        () -> out.write(segment, Envelope.empty()));
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            for (Call each : calls) {
                                Thread.currentThread().interrupt();
                                refused(InterruptedException.class, each);
                                assertThat(Thread.interrupted()).isFalse();
                            }
                            Thread.currentThread().interrupt();
                            refused(
                                    InterruptedCallException.class,
                                    () -> in.read(ByteBuffer.allocate(1)),
                                    () -> out.write(ByteBuffer.allocate(1)));
                            assertThat(out.tryWrite(target)).isEqualTo(4);
                            assertThat(in.tryRead(target)).isEqualTo(4);
                            assertThat(Thread.interrupted()).isTrue();
                            return null;
                        });
        threads.unstarted("interrupted", task).start();
        task.get();
    }

    @Test
    void itIsAChannelOfTheStandardLibrary() throws Exception {
        try (OutputStream toOther = Channels.newOutputStream(out);
                InputStream fromOther = Channels.newInputStream(in)) {
            toOther.write("hello".getBytes(UTF_8));
            out.shutdownOutput();
            assertThat(fromOther.readAllBytes()).asString(UTF_8).isEqualTo("hello");
        }
        assertThat(out.isOpen() || in.isOpen()).isFalse();
    }
}
