// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Borrowable;
import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.PipeSink;
import io.chagres.socket.SocketWay.Kind;
import io.chagres.socket.SocketWay.Waiting;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Descriptors that go with messages and come with them. */
@Tag("native")
class DescriptorPassingTest {

    private static final MemorySegment MESSAGE = UnixMessages.segment("x");

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MemorySegment target = UnixMessages.room(100);
    private AnonymousPipe pipe;

    @BeforeEach
    void open() throws Exception {
        pipe = AnonymousPipe.open();
    }

    @AfterEach
    void close() throws Exception {
        pipe.close();
    }

    static List<Arguments> everyWay() {
        List<Arguments> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Waiting waiting : Waiting.values()) {
                all.addAll(
                        List.of(
                                Arguments.of(Threads.PLATFORM, kind, waiting),
                                Arguments.of(Threads.VIRTUAL, kind, waiting)));
            }
        }
        return all;
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void on(Threads threads, Call call) throws Exception {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            call.run();
                            return null;
                        });
        threads.unstarted("passing", task).start();
        task.get();
    }

    private static void take(MessageInfo info, Borrowable... expected) throws Exception {
        assertThat(info.descriptorCount()).isEqualTo(expected.length);
        assertThat(info.areDescriptorsLost()).isFalse();
        for (Borrowable each : expected) {
            try (PassedDescriptor passed = info.takeDescriptor()) {
                assertThat(DescriptorCounts.target(passed))
                        .isEqualTo(DescriptorCounts.target(each));
                assertThat(DescriptorCounts.isCloseOnExec(passed)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    @Conforms({"af_unix.fdpass/O68", "af_unix.fdpass/O74", "af_unix.fdpass/O67"})
    void theyComeInOrderAndCloseOnExec(Threads threads, Kind kind, Waiting waiting)
            throws Exception {
        try (SocketWay way = SocketWay.open(kind, waiting)) {
            on(
                    threads,
                    () -> {
                        MessageInfo info = MessageInfo.forDescriptors(4);
                        Borrowable[] sent = {pipe.source(), pipe.sink(), way.sender(), pipe.sink()};
                        way.send(MESSAGE, Envelope.of(sent));
                        assertThat(way.receive(target, info)).isEqualTo(1);
                        take(info, sent);
                        assertThat(info.descriptorCount()).isZero();
                        assertThat(info.takeDescriptors()).isEmpty();
                        assertThatThrownBy(info::takeDescriptor)
                                .isInstanceOf(NoSuchElementException.class);
                        way.send(MESSAGE, Envelope.empty());
                        assertThat(way.receive(target, info)).isEqualTo(1);
                        assertThat(info.descriptorCount()).isZero();
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    @Conforms({"af_unix.fdpass/O73", "af_unix.fdpass/O68"})
    void upTo253GoWithOneMessage(Threads threads, Kind kind, Waiting waiting) throws Exception {
        try (SocketWay way = SocketWay.open(kind, waiting)) {
            on(
                    threads,
                    () -> {
                        for (int count : new int[] {1, 2, 252, 253}) {
                            Borrowable[] sent = new Borrowable[count];
                            for (int i = 0; i < count; i++) {
                                sent[i] = i % 2 == 0 ? pipe.source() : pipe.sink();
                            }
                            MessageInfo info = MessageInfo.forDescriptors(253);
                            way.send(MESSAGE, Envelope.of(sent));
                            assertThat(way.receive(target, info)).isEqualTo(1);
                            take(info, sent);
                        }
                    });
        }
    }

    @Test
    @Conforms("af_unix.fdpass/O73")
    void moreThan253AreRefusedBeforeAnythingIsSent() {
        List<Borrowable> many = Collections.nCopies(254, pipe.sink());
        assertThatThrownBy(() -> Envelope.empty().withDescriptors(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a message has at most 253 descriptors, and these are 254");
        assertThatThrownBy(() -> Envelope.of(many.toArray(new Borrowable[0])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MessageInfo.forDescriptors(254))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MessageInfo.forDescriptors(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Conforms("af_unix.fdpass/O69")
    void ofNoneNoneAreSent(Kind kind) throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(1);
        try (SocketWay way = SocketWay.open(kind)) {
            for (Envelope each :
                    List.of(Envelope.of(), Envelope.empty().withDescriptors(List.of()))) {
                assertThat(each.descriptors()).isEmpty();
                way.send(MESSAGE, each);
                assertThat(way.receive(target, info)).isEqualTo(1);
                take(info);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DATAGRAM", "SEQPACKET"})
    void theyGoWithAnEmptyMessageToo(Kind kind) throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(1);
        try (SocketWay way = SocketWay.open(kind)) {
            way.send(UnixMessages.room(0), Envelope.of(pipe.sink()));
            assertThat(way.receive(target, info)).isZero();
            take(info, pipe.sink());
        }
    }

    @Test
    void onAStreamTheyComeWithTheBytesThatTheyWentWith() throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(2);
        try (SocketWay way = SocketWay.open(Kind.STREAM);
                Arena arena = Arena.ofConfined()) {
            UnixSocketChannel out = (UnixSocketChannel) way.sender();
            UnixSocketChannel in = (UnixSocketChannel) way.receiver();
            out.write(UnixMessages.segment("before"));
            out.write(UnixMessages.segment("first"), Envelope.of(pipe.source()));
            out.write(UnixMessages.segment("second"), Envelope.of(pipe.sink(), pipe.source()));
            out.write(UnixMessages.segment("after"));
            StringBuilder text = new StringBuilder();
            while (info.descriptorCount() == 0) {
                text.append(UnixMessages.text(target, in.read(target, info)));
            }
            assertThat(text.toString()).startsWith("before").endsWith("first");
            take(info, pipe.source());
            MemorySegment part = arena.allocate(3);
            assertThat(in.read(part, info)).isEqualTo(3);
            take(info, pipe.sink(), pipe.source());
            assertThat(in.read(part, info)).isEqualTo(3);
            take(info);
            assertThat(in.read(target, info)).isEqualTo(5);
            take(info);
        }
    }

    @Test
    void ofALargeWriteTheyComeWithTheFirstBytes() throws Exception {
        byte[] large = new byte[2 << 20];
        Arrays.fill(large, (byte) 5);
        MessageInfo info = MessageInfo.forDescriptors(1);
        try (SocketWay way = SocketWay.open(Kind.STREAM)) {
            UnixSocketChannel in = (UnixSocketChannel) way.receiver();
            FutureTask<Void> sending =
                    new FutureTask<>(
                            () -> {
                                way.send(MemorySegment.ofArray(large), Envelope.of(pipe.sink()));
                                return null;
                            });
            Threads.PLATFORM.unstarted("sender", sending).start();
            assertThat(in.read(target, info)).isEqualTo(100);
            take(info, pipe.sink());
            byte[] rest = new byte[large.length - 100];
            assertThat(in.readFully(rest)).isEqualTo(rest.length);
            assertThat(rest).containsOnly(5);
            sending.get();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPeekLeavesThemWithTheMessage(Kind kind) throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(1);
        try (SocketWay way = SocketWay.open(kind)) {
            long open = DescriptorCounts.openOn(pipe.sink());
            way.send(MESSAGE, Envelope.of(pipe.sink()));
            if (way.receiver() instanceof UnixSocketChannel stream) {
                assertThat(stream.peek(target, UnixStreams.PATIENCE)).isEqualTo(1);
            } else {
                UnixMessageChannel messages = (UnixMessageChannel) way.receiver();
                assertThat(messages.peek(target, info, UnixStreams.PATIENCE)).isEqualTo(1);
                assertThat(info.descriptorCount()).isZero();
                assertThat(info.areDescriptorsLost()).isFalse();
            }
            assertThat(DescriptorCounts.openOn(pipe.sink())).isEqualTo(open);
            assertThat(way.receive(target, info)).isEqualTo(1);
            take(info, pipe.sink());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aNumberThatNoHandleOwnsIsSentAndStaysTheCallers(Kind kind) throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(1);
        int fd = pipe.source().detach();
        assertThatThrownBy(() -> Envelope.number(-1)).isInstanceOf(IllegalArgumentException.class);
        try (SocketWay way = SocketWay.open(kind);
                PassedDescriptor owner = PassedDescriptor.adopt(fd)) {
            way.send(MESSAGE, Envelope.of(Envelope.number(fd)));
            assertThat(way.receive(target, info)).isEqualTo(1);
            take(info, owner);
            assertThat(DescriptorCounts.isCloseOnExec(owner)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsClosedIsNotSentAndNothingElseIs(Kind kind) throws Exception {
        try (SocketWay way = SocketWay.open(kind, Waiting.TRY)) {
            pipe.sink().close();
            long open = DescriptorCounts.openOn(pipe.source());
            assertThatThrownBy(() -> way.send(MESSAGE, Envelope.of(pipe.source(), pipe.sink())))
                    .isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> way.send(MESSAGE, Envelope.of(Envelope.number(1_000_000))))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("EBADF");
            assertThat(way.receive(target, new MessageInfo())).isEqualTo(Ipc.WOULD_BLOCK);
            assertThat(DescriptorCounts.openOn(pipe.source())).isEqualTo(open);
            way.send(MESSAGE, Envelope.of(pipe.source())); // it was given back
            assertThat(way.receive(target, new MessageInfo())).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aHandleMayBeClosedWhenItWasSent(Kind kind) throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(1);
        try (SocketWay way = SocketWay.open(kind)) {
            way.send(MESSAGE, Envelope.of(pipe.sink()));
            pipe.sink().close();
            way.receive(target, info);
            try (PassedDescriptor passed = info.takeDescriptor();
                    PipeSink sink = passed.as(PipeSink::adopt)) {
                sink.write(new byte[] {1, 2, 3});
            }
            assertThat(pipe.source().readFully(new byte[3])).isEqualTo(3);
        }
    }

    @Test
    void anEnvelopeIsUsedForManyMessages() throws Exception {
        MessageInfo info = MessageInfo.forDescriptors(1);
        Envelope envelope = Envelope.of(pipe.sink());
        try (SocketWay way = SocketWay.open(Kind.DATAGRAM)) {
            for (int i = 0; i < 1000; i++) {
                way.send(MESSAGE, envelope);
                way.receive(target, info);
                take(info, pipe.sink());
            }
        }
    }
}
