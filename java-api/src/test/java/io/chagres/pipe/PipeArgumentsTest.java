// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.PeerGoneException;
import io.chagres.event.Poller;
import io.chagres.event.Readiness;
import io.chagres.pipe.Ends.Kind;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad input, closed handles, and the life of the descriptors. */
@Tag("native")
class PipeArgumentsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothingIsReadIntoAReadOnlyTarget(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            ends.sink().write(new byte[] {1});
            MemorySegment segment = MemorySegment.ofArray(new byte[4]).asReadOnly();
            ByteBuffer buffer = ByteBuffer.allocate(4).asReadOnlyBuffer();
            refused(() -> ends.source().read(segment));
            refused(() -> ends.source().read(segment, Ends.SHORT));
            refused(() -> ends.source().tryRead(segment));
            refused(() -> ends.source().readFully(segment));
            refused(() -> ends.source().read(buffer));
            refused(() -> ends.source().read(new ByteBuffer[] {ByteBuffer.allocate(1), buffer}));
            assertThat(ends.source().tryRead(new byte[4])).isEqualTo(1);
            assertThat(ends.sink().write(segment)).isEqualTo(4);
            assertThat(ends.sink().write(buffer)).isEqualTo(4);
        }
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void refused(Call call) {
        assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void sizeZeroDoesNothingAndDoesNotWait(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            MemorySegment empty = MemorySegment.ofArray(new byte[0]);
            assertThat(ends.source().read(empty)).isZero();
            assertThat(ends.source().readFully(empty)).isZero();
            assertThat(ends.source().read(ByteBuffer.allocate(0))).isZero();
            assertThat(ends.source().read(new ByteBuffer[0])).isZero();
            assertThat(ends.sink().write(empty)).isZero();
            assertThat(ends.sink().tryWrite(empty)).isZero();
            assertThat(ends.sink().write(new ByteBuffer[] {ByteBuffer.allocate(0)})).isZero();
            assertThat(ends.source().tryRead(new byte[1])).isEqualTo(Ipc.WOULD_BLOCK);
            ends.source().close();
            assertThat(ends.sink().write(empty)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aSegmentOfAClosedArenaIsRefused(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            MemorySegment closed;
            try (Arena arena = Arena.ofShared()) {
                closed = arena.allocate(8);
            }
            ends.sink().write(new byte[] {1});
            for (Call each :
                    new Call[] {
                        () -> ends.source().read(closed),
                        () -> ends.source().read(closed, Ends.SHORT),
                        () -> ends.source().tryRead(closed),
                        () -> ends.sink().write(closed),
                        () -> ends.sink().write(closed, Ends.SHORT),
                        () -> ends.sink().tryWrite(closed)
                    }) {
                assertThatThrownBy(each::run).isInstanceOf(IllegalStateException.class);
            }
            assertThat(ends.source().read(new byte[8])).isEqualTo(1);
        }
    }

    @Test
    void anArenaIsNotClosedUnderACallThatIsInside() throws Exception {
        try (Ends ends = Kind.ANONYMOUS.open();
                Arena arena = Arena.ofShared()) {
            MemorySegment target = arena.allocate(8);
            Caller<Long> reading = Caller.start(() -> ends.source().read(target)).awaitBlocked();
            assertThatThrownBy(arena::close).isInstanceOf(IllegalStateException.class);
            ends.sink().write(new byte[4]);
            assertThat(reading.result()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anInterruptBeforeACallEndsItAndATryIgnoresIt(Kind kind) throws Exception {
        try (Ends ends = kind.open()) {
            byte[] target = new byte[4];
            for (Call each :
                    new Call[] {
                        () -> ends.source().read(target),
                        () -> ends.source().read(target, Ends.SHORT),
                        () -> ends.source().readFully(target),
                        () -> ends.sink().write(target),
                        () -> ends.sink().write(target, Ends.SHORT)
                    }) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(each::run).isInstanceOf(InterruptedException.class);
                assertThat(Thread.interrupted()).isFalse();
            }
            Thread.currentThread().interrupt();
            assertThat(ends.sink().tryWrite(target)).isEqualTo(4);
            assertThat(ends.source().tryRead(target)).isEqualTo(4);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterCloseEveryOperationSaysSo(Kind kind) throws Exception {
        Ends ends = kind.open();
        ends.sink().tryWrite(new byte[1]);
        ends.source().tryRead(new byte[1]);
        ends.close();
        ends.close();
        byte[] target = new byte[1];
        for (Call each :
                new Call[] {
                    () -> ends.source().read(target),
                    () -> ends.source().read(new byte[0]),
                    () -> ends.source().read(target, Ends.SHORT),
                    () -> ends.source().tryRead(target),
                    () -> ends.source().readFully(target),
                    () -> ends.source().read(ByteBuffer.allocate(1)),
                    () -> ends.source().capacity(),
                    () -> ends.source().capacity(4096),
                    () -> ends.source().borrow(),
                    () -> ends.source().detach(),
                    () -> ends.sink().write(target),
                    () -> ends.sink().write(new byte[0]),
                    () -> ends.sink().write(target, Ends.SHORT),
                    () -> ends.sink().tryWrite(target),
                    () -> ends.sink().write(ByteBuffer.allocate(1)),
                    () -> ends.sink().capacity(),
                    () -> ends.sink().borrow(),
                    () -> ends.sink().detach()
                }) {
            assertThatThrownBy(each::run).isInstanceOf(ClosedException.class);
        }
        assertThat(ends.source().isOpen() || ends.sink().isOpen()).isFalse();
    }

    @Test
    void numbersThatAreNotPositiveAreRefused() throws Exception {
        refused(() -> PipeOptions.defaults().withCapacity(0));
        refused(() -> new PipeOptions(-1, false));
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            refused(() -> pipe.sink().capacity(0));
            refused(() -> pipe.source().capacity(-5));
        }
        refused(() -> PipeSource.adopt(-1));
        refused(() -> PipeSink.adopt(-1));
    }

    @Test
    void onlyTheRightEndOfAPipeIsAdopted() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open();
                BorrowedDescriptor source = pipe.source().borrow();
                BorrowedDescriptor sink = pipe.sink().borrow();
                Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> PipeSource.adopt(sink.fd()))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("open for writing only");
            assertThatThrownBy(() -> PipeSink.adopt(source.fd()))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("open for reading only");
            int file = Fcntl.open(arena.allocateFrom("/dev/null"), Fcntl.O_RDWR, 0);
            assertThatThrownBy(() -> PipeSource.adopt(file))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("a device and not a FIFO");
            assertThat(Unistd.close(file)).isZero();
        }
    }

    @Test
    void whatIsNotAdoptedIsAsItWas() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            int file = Fcntl.open(arena.allocateFrom("/dev/null"), Fcntl.O_RDWR, 0);
            assertThatThrownBy(() -> PipeSink.adopt(file)).isInstanceOf(IpcException.class);
            assertThat(Fcntl.fcntl(file, Fcntl.F_GETFD, 0)).isZero();
            assertThat(Unistd.close(file)).isZero();
        }
    }

    @Test
    void aDescriptorThatIsAPathOnlyIsNotAdopted() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open();
                BorrowedDescriptor source = pipe.source().borrow();
                Arena arena = Arena.ofConfined()) {
            String path = "/proc/self/fd/" + source.fd();
            int fd = Fcntl.open(arena.allocateFrom(path), Fcntl.O_PATH | Fcntl.O_CLOEXEC, 0);
            assertThatThrownBy(() -> PipeSource.adopt(fd))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("O_PATH");
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void aBufferHasMovedByWhatWasWrittenBeforeTheReaderWent() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            int capacity = pipe.sink().capacity();
            ByteBuffer buffer = ByteBuffer.allocateDirect(capacity + 1);
            Caller<Integer> writing =
                    Caller.start(() -> pipe.sink().write(buffer, Duration.ofSeconds(30)))
                            .awaitBlocked();
            pipe.source().close();
            assertThatThrownBy(writing::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            PeerGoneException.class,
                            e -> assertThat(e.transferred()).isEqualTo(capacity));
            assertThat(buffer.position()).isEqualTo(capacity);
        }
    }

    @Test
    void aDetachedEndIsTheCallersAlone() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            int fd = pipe.sink().detach();
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0) & Fcntl.FD_CLOEXEC).isNotZero();
            try (PipeSink again = PipeSink.adopt(fd)) {
                again.write(new byte[3]);
            }
            assertThat(pipe.source().readFully(new byte[3])).isEqualTo(3);
            assertThat(pipe.source().read(new byte[3])).isEqualTo(Ipc.EOF);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aCallbackReadsAndClosesInThePollersThread(Kind kind) throws Exception {
        BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
        try (Ends ends = kind.open();
                Poller poller = Poller.open()) {
            poller.register(
                    ends.source(),
                    Set.of(Readiness.READABLE),
                    ready -> {
                        int count = ends.source().tryRead(new byte[10]);
                        if (count == Ipc.EOF) {
                            ends.source().close();
                        }
                        read.add(count);
                    });
            ends.sink().write(new byte[4]);
            assertThat(read.poll(30, TimeUnit.SECONDS)).isEqualTo(4);
            ends.sink().close();
            assertThat(read.poll(30, TimeUnit.SECONDS)).isEqualTo(Ipc.EOF);
            assertThat(ends.source().isOpen()).isFalse();
        }
    }

    @Test
    void anEndIsAChannelOfTheStandardLibrary() throws IOException {
        try (AnonymousPipe pipe = AnonymousPipe.open();
                OutputStream out = Channels.newOutputStream(pipe.sink());
                InputStream in = Channels.newInputStream(pipe.source())) {
            out.write(new byte[] {1, 2, 3});
            pipe.sink().close();
            assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
        }
    }
}
