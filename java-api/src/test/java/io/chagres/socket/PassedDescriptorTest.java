// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.Borrowable;
import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import io.chagres.posix.Errno;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.shm.SharedMemoryOptions;
import io.chagres.socket.SocketWay.Kind;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a received descriptor becomes, and what it does not. */
@Tag("native")
class PassedDescriptorTest {

    private static final MemorySegment MESSAGE = UnixMessages.segment("x");

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final MemorySegment target = UnixMessages.room(100);
    private final MessageInfo info = MessageInfo.forDescriptors(1);
    private SocketWay way;

    @BeforeEach
    void open() throws Exception {
        way = SocketWay.open(Kind.SEQPACKET);
    }

    @AfterEach
    void close() throws Exception {
        way.close();
    }

    private PassedDescriptor passed(Borrowable handle) throws Exception {
        way.send(MESSAGE, Envelope.of(handle));
        assertThat(way.receive(target, info)).isEqualTo(1);
        return info.takeDescriptor();
    }

    private interface Call {
        void run() throws Exception;
    }

    /** Refuses every other kind, and is still open and owned then. */
    private static void isNothingElse(
            PassedDescriptor passed, String what, List<PassedDescriptor.Adopter<?>> others)
            throws Exception {
        String before = DescriptorCounts.target(passed);
        for (PassedDescriptor.Adopter<?> each : others) {
            assertThatThrownBy(() -> passed.as(each)).isInstanceOf(IpcException.class);
            assertThat(DescriptorCounts.target(passed)).isEqualTo(before);
            assertThat(DescriptorCounts.isCloseOnExec(passed)).isTrue();
        }
        assertThat(passed.describe()).isEqualTo(what);
        assertThat(passed).hasToString("PassedDescriptor[" + what + "]");
    }

    @Test
    void sharedMemoryBecomesSharedMemory() throws Exception {
        SharedMemoryOptions options = SharedMemoryOptions.ofSize(4096);
        try (SharedMemory memory = SharedMemory.anonymous(options);
                PassedDescriptor passed = passed(memory);
                Mapping mine = memory.map()) {
            isNothingElse(
                    passed,
                    "a regular file",
                    List.of(
                            PipeSource::adopt,
                            PipeSink::adopt,
                            MessageQueue::adopt,
                            UnixSocketChannel::adopt,
                            UnixServerChannel::adopt));
            try (SharedMemory received = passed.as(SharedMemory::adopt);
                    Mapping theirs = received.map()) {
                mine.segment().set(ValueLayout.JAVA_INT, 8, 42);
                assertThat(theirs.segment().get(ValueLayout.JAVA_INT, 8)).isEqualTo(42);
                assertThat(received.size()).isEqualTo(4096);
            }
        }
    }

    @Test
    void theEndsOfAPipeBecomeEndsOfAPipe() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open();
                PassedDescriptor source = passed(pipe.source());
                PassedDescriptor sink = passed(pipe.sink())) {
            isNothingElse(
                    source,
                    "a FIFO or pipe",
                    List.of(PipeSink::adopt, SharedMemory::adopt, UnixSocketChannel::adopt));
            isNothingElse(
                    sink,
                    "a FIFO or pipe",
                    List.of(PipeSource::adopt, MessageQueue::adopt, UnixDatagramChannel::adopt));
            try (PipeSource receivedSource = source.as(PipeSource::adopt);
                    PipeSink receivedSink = sink.as(PipeSink::adopt)) {
                pipe.sink().write(new byte[3]);
                assertThat(receivedSource.read(new byte[9])).isEqualTo(3);
                receivedSink.write(new byte[4]);
                assertThat(pipe.source().read(new byte[9])).isEqualTo(4);
            }
        }
    }

    @Test
    void aMessageQueueBecomesAMessageQueue() throws Exception {
        String name = TestNames.posix();
        MessageQueueOptions options =
                MessageQueueOptions.defaults().withDepth(2).withMessageSize(8);
        try (MessageQueue queue = MessageQueue.create(name, options)) {
            MessageQueue.unlink(name);
            try (PassedDescriptor passed = passed(queue)) {
                isNothingElse(
                        passed,
                        "a regular file",
                        List.of(SharedMemory::adopt, PipeSource::adopt, UnixSocketChannel::adopt));
                try (MessageQueue received = passed.as(MessageQueue::adopt)) {
                    queue.send(new byte[5], 1);
                    assertThat(received.receive(new byte[8])).isEqualTo(5);
                }
            }
        }
    }

    @Test
    void socketsBecomeSocketsOfTheirOwnTypeOnly() throws Exception {
        UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
        try (UnixServerChannel server = UnixServerChannel.bind(address);
                SocketPair<UnixSocketChannel> streams = UnixSocketChannel.pair();
                SocketPair<UnixDatagramChannel> datagrams = UnixDatagramChannel.pair();
                PassedDescriptor stream = passed(streams.first());
                PassedDescriptor datagram = passed(datagrams.first());
                PassedDescriptor packets = passed(way.sender());
                PassedDescriptor listener = passed(server)) {
            isNothingElse(
                    stream,
                    "a socket",
                    List.of(
                            UnixDatagramChannel::adopt,
                            UnixSeqPacketChannel::adopt,
                            UnixServerChannel::adopt,
                            SharedMemory::adopt));
            isNothingElse(
                    datagram,
                    "a socket",
                    List.of(UnixSocketChannel::adopt, UnixSeqPacketChannel::adopt));
            isNothingElse(
                    packets, "a socket", List.of(UnixSocketChannel::adopt, PipeSource::adopt));
            isNothingElse(
                    listener,
                    "a socket",
                    List.of(UnixSocketChannel::adopt, UnixSeqPacketServerChannel::adopt));
            try (UnixSocketChannel received = stream.as(UnixSocketChannel::adopt)) {
                received.write(new byte[2]);
                assertThat(streams.second().read(new byte[9])).isEqualTo(2);
            }
            try (UnixDatagramChannel received = datagram.as(UnixDatagramChannel::adopt)) {
                received.send(MESSAGE);
                assertThat(datagrams.second().receive(target)).isEqualTo(1);
            }
            try (UnixSeqPacketChannel received = packets.as(UnixSeqPacketChannel::adopt)) {
                received.send(MESSAGE);
                assertThat(way.receive(target)).isEqualTo(1);
            }
            try (UnixServerChannel received = listener.as(UnixServerChannel::adopt);
                    UnixSocketChannel client = UnixSocketChannel.connect(address);
                    UnixSocketChannel accepted = received.accept(UnixStreams.PATIENCE)) {
                client.write(new byte[1]);
                assertThat(accepted.read(new byte[9])).isEqualTo(1);
            }
        }
    }

    @Test
    void itIsTakenOnce() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            PassedDescriptor passed = passed(pipe.sink());
            passed.as(PipeSink::adopt).close();
            assertThat(passed.describe()).isEqualTo("taken");
            for (Call each :
                    List.<Call>of(
                            () -> passed.as(PipeSink::adopt), passed::detach, passed::borrow)) {
                assertThatThrownBy(each::run).isInstanceOf(ClosedException.class);
            }
            passed.close();
            passed.close();
        }
    }

    @Test
    void detachedItIsTheCallersAlone() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            PassedDescriptor passed = passed(pipe.sink());
            int fd = passed.detach();
            passed.close();
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
            assertThat(Unistd.close(fd)).isZero();
        }
    }

    @Test
    void whatIsLentStaysOpenAndIsNotTaken() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open();
                PassedDescriptor passed = passed(pipe.sink())) {
            try (BorrowedDescriptor borrowed = passed.borrow()) {
                assertThatThrownBy(() -> passed.as(PipeSink::adopt))
                        .isInstanceOf(IllegalStateException.class);
                assertThat(DescriptorCounts.target(borrowed.fd()))
                        .isEqualTo(DescriptorCounts.target(pipe.sink()));
            }
            try (PassedDescriptor again = passed(passed)) {
                assertThat(DescriptorCounts.target(again))
                        .isEqualTo(DescriptorCounts.target(passed));
            }
            passed.as(PipeSink::adopt).close();
        }
    }

    @Test
    void anAdopterThatThrowsAnythingLeavesItHere() throws Exception {
        try (AnonymousPipe pipe = AnonymousPipe.open();
                PassedDescriptor passed = passed(pipe.sink())) {
            assertThatThrownBy(
                            () ->
                                    passed.as(
                                            fd -> {
                                                throw new IllegalArgumentException("no");
                                            }))
                    .hasMessage("no");
            assertThat(passed.describe()).isEqualTo("a FIFO or pipe");
        }
    }

    @Test
    void aNumberIsAdoptedAndMadeCloseOnExec() throws Exception {
        assertThatThrownBy(() -> PassedDescriptor.adopt(-1))
                .isInstanceOf(IllegalArgumentException.class);
        int fd;
        try (AnonymousPipe pipe = AnonymousPipe.open()) {
            fd = pipe.source().detach();
        }
        Fcntl.fcntl(fd, Fcntl.F_SETFD, 0);
        try (PassedDescriptor adopted = PassedDescriptor.adopt(fd)) {
            assertThat(DescriptorCounts.isCloseOnExec(adopted)).isTrue();
        }
        assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(-Errno.EBADF);
        assertThatThrownBy(() -> PassedDescriptor.adopt(fd))
                .isInstanceOfSatisfying(
                        IpcException.class, e -> assertThat(e.symbol()).isEqualTo("EBADF"));
    }
}
