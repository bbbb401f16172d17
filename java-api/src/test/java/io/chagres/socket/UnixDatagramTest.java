// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AccessDeniedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.NotFoundException;
import io.chagres.PeerGoneException;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import io.chagres.test.Threads;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagrams: to whom they go, and what becomes of them when nobody is there. */
@Tag("native")
class UnixDatagramTest {

    private static final MemorySegment MESSAGE = UnixMessages.segment("message");

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private final UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
    private final MemorySegment target = UnixMessages.room(100);
    private final MessageInfo info = new MessageInfo();
    private UnixDatagramChannel receiver;
    private UnixDatagramChannel sender;

    @BeforeEach
    void open() throws Exception {
        receiver = UnixDatagramChannel.bind(address);
        sender = UnixDatagramChannel.open();
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        receiver.close();
    }

    @Test
    void theSendersAddressComesWithTheMessageAndCanBeAnswered() throws Exception {
        try (UnixDatagramChannel client = UnixDatagramChannel.bind(UnixAddress.unnamed())) {
            client.send(MESSAGE, Envelope.to(address));
            assertThat(receiver.receive(target, info)).isEqualTo(7);
            assertThat(info.sender()).isEqualTo(client.localAddress());
            receiver.send(UnixMessages.segment("answer"), Envelope.to(info.sender()));
            assertThat(client.receive(target, info)).isEqualTo(6);
            assertThat(info.sender()).isEqualTo(address);
        }
        sender.send(MESSAGE, Envelope.to(address));
        assertThat(receiver.receive(target, info)).isEqualTo(7);
        assertThat(info.sender()).isEqualTo(UnixAddress.unnamed());
    }

    @Test
    void withoutAPeerADestinationIsNeeded() {
        assertThatThrownBy(() -> sender.send(MESSAGE))
                .isInstanceOfSatisfying(
                        IpcException.class, e -> assertThat(e.symbol()).isEqualTo("ENOTCONN"));
        assertThatThrownBy(() -> sender.remoteAddress())
                .isInstanceOfSatisfying(
                        IpcException.class, e -> assertThat(e.symbol()).isEqualTo("ENOTCONN"));
        for (Callable<?> each :
                List.<Callable<?>>of(
                        () -> sender.connect(UnixAddress.unnamed()),
                        () -> sender.trySend(MESSAGE, Envelope.to(UnixAddress.unnamed())))) {
            assertThatThrownBy(each::call).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void oneThatIsConnectedReceivesFromItsPeerAlone() throws Exception {
        try (UnixDatagramChannel peer = UnixDatagramChannel.bind(UnixAddress.unnamed())) {
            receiver.connect(peer.localAddress());
            assertThat(receiver.remoteAddress()).isEqualTo(peer.localAddress());
            assertThatThrownBy(() -> sender.send(MESSAGE, Envelope.to(address)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> sender.connect(address))
                    .isInstanceOf(AccessDeniedException.class);
            peer.send(MESSAGE, Envelope.to(address));
            assertThat(receiver.receive(target)).isEqualTo(7);
            receiver.disconnect();
            sender.send(MESSAGE, Envelope.to(address));
            assertThat(receiver.receive(target)).isEqualTo(7);
            receiver.connect(peer.localAddress()).connect(peer.localAddress()).disconnect();
            receiver.disconnect();
        }
    }

    @Test
    @Conforms("af_unix.datagram/O60")
    void whoSendsToOneThatHasGoneIsTold() throws Exception {
        sender.connect(address).send(MESSAGE);
        receiver.close();
        assertThatThrownBy(() -> sender.send(MESSAGE))
                .isInstanceOfSatisfying(
                        PeerGoneException.class,
                        e -> assertThat(e.symbol()).isEqualTo("ECONNREFUSED"));
        assertThatThrownBy(() -> sender.send(MESSAGE, Envelope.to(address)))
                .isInstanceOfSatisfying(
                        PeerGoneException.class,
                        e -> assertThat(e.objectName()).isEqualTo(address.toString()))
                .hasMessageContaining("nobody listens there");
        assertThatThrownBy(() -> sender.connect(address)).isInstanceOf(PeerGoneException.class);
    }

    @Test
    void whereNothingIsAndWhereAnotherTypeIsIsTold() throws Exception {
        UnixAddress missing = UnixAddress.of(folder.resolve("missing"));
        assertThatThrownBy(() -> sender.connect(missing)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> sender.send(MESSAGE, Envelope.to(missing)))
                .isInstanceOfSatisfying(
                        NotFoundException.class,
                        e -> assertThat(e.objectName()).isEqualTo(missing.toString()));
        UnixAddress stream = UnixAddress.of(folder.resolve("stream"));
        try (UnixServerChannel server = UnixServerChannel.bind(stream)) {
            for (Callable<?> each :
                    List.<Callable<?>>of(
                            () -> sender.connect(stream),
                            () -> sender.trySend(MESSAGE, Envelope.to(stream)))) {
                assertThatThrownBy(each::call)
                        .isInstanceOfSatisfying(
                                IpcException.class,
                                e -> assertThat(e.symbol()).isEqualTo("EPROTOTYPE"))
                        .hasMessageContaining("of another type");
            }
            assertThat(server.tryAccept()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    @Conforms("af_unix.datagram/O58")
    void toAnAddressThatIsFullASendWaitsAndNothingIsLost(Threads threads) throws Exception {
        Envelope envelope = Envelope.to(address);
        int full = 0;
        while (sender.trySend(UnixMessages.segment(Integer.toString(full)), envelope)) {
            full++;
        }
        assertThat(sender.trySend(MESSAGE, envelope, Duration.ZERO)).isFalse();
        long start = System.nanoTime();
        assertThat(
                        Caller.start(
                                        threads,
                                        () -> sender.trySend(MESSAGE, envelope, UnixStreams.SHORT))
                                .result())
                .isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(UnixStreams.SHORT.toNanos());
        Caller<Boolean> timed =
                Caller.start(
                        threads, () -> sender.trySend(MESSAGE, envelope, UnixStreams.PATIENCE));
        timed.awaitBlocked();
        for (int i = 0; i < full; i++) {
            assertThat(new UnixMessages(sender, receiver).receive()).isEqualTo(Integer.toString(i));
        }
        assertThat(timed.result()).isTrue();
        assertThat(new UnixMessages(sender, receiver).receive()).isEqualTo("message");
        assertThat(receiver.tryReceive(target)).isEqualTo(Ipc.WOULD_BLOCK);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void afterTheInputIsShutWhatCameIsReceivedAndThenTheEnd(Threads threads) throws Exception {
        sender.connect(address).send(MESSAGE);
        assertThat(receiver.receive(target)).isEqualTo(7);
        Caller<Integer> waiting =
                Caller.start(threads, () -> receiver.receive(target)).awaitBlocked();
        receiver.shutdownInput();
        assertThat(waiting.result()).isEqualTo(Ipc.EOF);
        assertThat(Caller.start(threads, () -> receiver.receive(target)).result())
                .isEqualTo(Ipc.EOF);
        assertThat(Caller.start(threads, () -> receiver.receive(target, info)).result())
                .isEqualTo(Ipc.EOF);
        assertThat(
                        Caller.start(threads, () -> receiver.receive(target, UnixStreams.PATIENCE))
                                .result())
                .isEqualTo(Ipc.EOF);
        assertThat(receiver.tryReceive(target)).isEqualTo(Ipc.EOF);
        assertThat(receiver.receive(new MessageBatch(4, 8))).isEqualTo(Ipc.EOF);
    }

    @Test
    void theLengthOfTheNextMessageIsTold() throws Exception {
        assertThat(receiver.nextLength()).isZero();
        sender.connect(address).send(MESSAGE);
        sender.send(MESSAGE);
        assertThat(receiver.nextLength()).isEqualTo(7);
    }

    @Test
    void onlyADatagramSocketIsAdopted() throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            int fd = pair.first().detach();
            assertThatThrownBy(() -> UnixDatagramChannel.adopt(fd))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("it is a stream socket and not datagram");
            UnixSocketChannel.adopt(fd).close();
        }
        try (UnixDatagramChannel adopted = UnixDatagramChannel.adopt(receiver.detach())) {
            sender.connect(address).send(MESSAGE);
            assertThat(adopted.receive(target)).isEqualTo(7);
            assertThat(adopted.localAddress()).isEqualTo(address);
        }
    }
}
