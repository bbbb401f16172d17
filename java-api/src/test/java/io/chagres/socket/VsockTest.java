// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.AlreadyExistsException;
import io.chagres.BorrowedDescriptor;
import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.IpcException;
import io.chagres.Mechanism;
import io.chagres.PeerGoneException;
import io.chagres.TimedOutException;
import io.chagres.internal.posix.UnixSockets;
import io.chagres.posix.Fcntl;
import io.chagres.test.Caller;
import io.chagres.test.LeakCheck;
import io.chagres.test.Threads;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vsock as far as this kernel has it, which the loopback shows: with it both ends are tried, with
 * another transport what waits for an answer that never comes, and without any the reason.
 */
@Tag("native")
class VsockTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final VsockAddress FREE =
            new VsockAddress(VsockAddress.CID_ANY, VsockAddress.PORT_ANY);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    /** What comes of connecting to this machine. */
    enum Self {
        /** The kernel has the loopback. */
        ANSWERS,
        /** The transport is to the host alone. */
        SAYS_NOTHING,
        /** There is no transport. */
        IS_NO_DEVICE
    }

    private static Self self() throws Exception {
        try (VsockServerChannel server = VsockServerChannel.bind(FREE);
                VsockChannel client = VsockChannel.connect(toSelf(server), SHORT)) {
            return client.isOpen() ? Self.ANSWERS : Self.SAYS_NOTHING;
        } catch (TimedOutException e) {
            return Self.SAYS_NOTHING;
        } catch (IpcException e) {
            assertThat(e).hasMessageContaining("ENODEV");
            return Self.IS_NO_DEVICE;
        }
    }

    private static VsockAddress toSelf(VsockServerChannel server) throws IpcException {
        return new VsockAddress(VsockAddress.CID_LOCAL, server.localAddress().port());
    }

    @Test
    void anAddressHasTwoUnsignedNumbers() {
        assertThat(new VsockAddress(3, 1024)).hasToString("vsock:3:1024");
        assertThat(new VsockAddress(VsockAddress.CID_ANY, VsockAddress.PORT_ANY))
                .isEqualTo(FREE)
                .hasToString("vsock:4294967295:4294967295");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
    void aNumberOfMoreThan32BitsIsRefused(long number) {
        assertThatThrownBy(() -> new VsockAddress(number, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cid " + number);
        assertThatThrownBy(() -> new VsockAddress(1, number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port " + number);
    }

    @Test
    void itIsSupportedWhereTheKernelHasATransport() throws Exception {
        assertThat(Ipc.supports(Mechanism.VSOCK))
                .isEqualTo(self() != Self.IS_NO_DEVICE || VsockAddress.localCid().isPresent());
        Ipc.whyUnsupported(Mechanism.VSOCK)
                .ifPresent(reason -> assertThat(reason).contains("no transport", "ENODEV"));
    }

    @Test
    void aServerGetsAPortThatNobodyElseHas() throws Exception {
        try (VsockServerChannel server = VsockServerChannel.bind(FREE)) {
            VsockAddress own = server.localAddress();
            assertThat(own.cid()).isEqualTo(VsockAddress.CID_ANY);
            assertThat(own.port()).isNotEqualTo(VsockAddress.PORT_ANY);
            assertThatThrownBy(() -> VsockServerChannel.bind(own))
                    .isInstanceOf(AlreadyExistsException.class)
                    .hasMessageContaining(own.toString());
            assertThat(server.tryAccept()).isEmpty();
            assertThat(server).hasToString("VsockServerChannel[" + own + "]");
        }
    }

    @Test
    void theNumberOfAnotherMachineIsNotThisOnes() {
        assertThatThrownBy(() -> VsockServerChannel.bind(new VsockAddress(77_777, 5_000)))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("bind vsock:77777:5000: EADDRNOTAVAIL");
        assertThatThrownBy(() -> VsockServerChannel.bind(FREE, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void acceptWaitsAsLongAsItIsToldTo(Threads threads) throws Exception {
        try (VsockServerChannel server = VsockServerChannel.bind(FREE)) {
            long start = System.nanoTime();
            assertThatThrownBy(Caller.start(threads, () -> server.accept(SHORT))::result)
                    .hasCauseInstanceOf(TimedOutException.class);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            Caller<VsockChannel> waiting =
                    Caller.start(threads, () -> server.accept()).awaitBlocked();
            waiting.interrupt();
            assertThatThrownBy(waiting::result).hasCauseInstanceOf(InterruptedException.class);
            Caller<VsockChannel> again =
                    Caller.start(threads, () -> server.accept()).awaitBlocked();
            server.close();
            assertThatThrownBy(again::result).hasCauseInstanceOf(ClosedException.class);
        }
    }

    @Test
    void aServerThatIsAdoptedListensOnTheSamePort() throws Exception {
        try (VsockServerChannel server = VsockServerChannel.bind(FREE)) {
            VsockAddress own = server.localAddress();
            int fd = server.detach();
            assertThat(Fcntl.fcntl(fd, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
            assertThatThrownBy(() -> VsockChannel.adopt(fd)).hasMessageContaining("it is a server");
            assertThatThrownBy(() -> UnixServerChannel.adopt(fd))
                    .hasMessageContaining("another family");
            try (VsockServerChannel adopted = VsockServerChannel.adopt(fd)) {
                assertThat(adopted.localAddress()).isEqualTo(own);
            }
        }
    }

    @Test
    void aSocketOfAnotherFamilyIsNotAdopted() throws Exception {
        SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
        try (UnixSocketChannel first = pair.first();
                UnixSocketChannel second = pair.second();
                BorrowedDescriptor loan = first.borrow()) {
            assertThatThrownBy(() -> VsockChannel.adopt(loan.fd()))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("another family");
            assertThatThrownBy(() -> VsockServerChannel.adopt(loan.fd()))
                    .isInstanceOf(IpcException.class);
            assertThat(second.isOpen()).isTrue();
        }
    }

    static List<Arguments> waysToConnect() {
        return Threads.with(true, false);
    }

    /** The kernel itself waits two seconds. */
    @ParameterizedTest
    @MethodSource("waysToConnect")
    void connectEndsWithAConnectionOrTellsWhyNot(Threads threads, boolean timed) throws Exception {
        try (VsockServerChannel server = VsockServerChannel.bind(FREE)) {
            VsockAddress address = toSelf(server);
            Caller<VsockChannel> connecting =
                    Caller.start(
                            threads,
                            () ->
                                    timed
                                            ? VsockChannel.connect(address, PATIENCE)
                                            : VsockChannel.connect(address));
            switch (self()) {
                case ANSWERS -> {
                    try (VsockChannel client = connecting.result();
                            VsockChannel accepted = server.accept(PATIENCE)) {
                        assertThat(client.remoteAddress()).isEqualTo(address);
                        assertThat(accepted.remoteAddress().port())
                                .isEqualTo(client.localAddress().port());
                        speak(client, accepted);
                    }
                }
                case SAYS_NOTHING ->
                        assertThatThrownBy(connecting::result)
                                .cause()
                                .isInstanceOf(TimedOutException.class)
                                .hasMessageContaining("nobody answered");
                case IS_NO_DEVICE ->
                        assertThatThrownBy(connecting::result)
                                .cause()
                                .isInstanceOf(IpcException.class)
                                .hasMessageContaining("no transport");
                default -> throw new AssertionError();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void connectWaitsNoLongerThanItIsToldTo(Threads threads) throws Exception {
        VsockAddress nobody = new VsockAddress(VsockAddress.CID_LOCAL, 0xffff_fff0L);
        long start = System.nanoTime();
        Caller<VsockChannel> connecting =
                Caller.start(threads, () -> VsockChannel.connect(nobody, SHORT));
        if (self() == Self.SAYS_NOTHING) {
            assertThatThrownBy(connecting::result).hasCauseInstanceOf(TimedOutException.class);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
            assertThatThrownBy(() -> VsockChannel.connect(nobody, Duration.ZERO))
                    .isInstanceOf(TimedOutException.class);
        } else {
            Class<? extends Exception> expected =
                    self() == Self.ANSWERS ? PeerGoneException.class : IpcException.class;
            assertThatThrownBy(connecting::result).hasCauseInstanceOf(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Threads.class)
    void anInterruptEndsAConnectThatWaits(Threads threads) throws Exception {
        Self self = self();
        VsockAddress nobody = new VsockAddress(VsockAddress.CID_LOCAL, 0xffff_fff0L);
        Caller<VsockChannel> connecting =
                Caller.start(threads, () -> VsockChannel.connect(nobody, PATIENCE));
        if (self == Self.SAYS_NOTHING) {
            Thread.sleep(SHORT.toMillis());
            connecting.interrupt();
            assertThatThrownBy(connecting::result).hasCauseInstanceOf(InterruptedException.class);
        } else {
            assertThatThrownBy(connecting::result).hasCauseInstanceOf(IpcException.class);
        }
    }

    /**
     * The stream does not know what kind of socket it is of, so one that every kernel has will do.
     */
    @ParameterizedTest
    @EnumSource(Threads.class)
    void theStreamReadsAndWritesInEveryForm(Threads threads) throws Exception {
        UnixSockets.Pair pair = UnixSockets.STREAM.pair();
        try (VsockChannel first = new VsockChannel(pair.first());
                VsockChannel second = new VsockChannel(pair.second())) {
            speak(first, second);
            Caller<Integer> waiting =
                    Caller.start(threads, () -> second.read(new byte[1])).awaitBlocked();
            first.write(new byte[1]);
            assertThat(waiting.result()).isEqualTo(1);
            Caller<Integer> closed =
                    Caller.start(threads, () -> second.read(new byte[1])).awaitBlocked();
            second.close();
            assertThatThrownBy(closed::result).hasCauseInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> first.write(new byte[1]))
                    .isInstanceOf(PeerGoneException.class);
        }
    }

    private static void speak(VsockChannel first, VsockChannel second) throws Exception {
        byte[] target = new byte[4];
        assertThat(second.tryRead(target)).isEqualTo(Ipc.WOULD_BLOCK);
        assertThat(second.read(target, SHORT)).isEqualTo(Ipc.TIMED_OUT);
        assertThat(first.write(new byte[] {1, 2, 3, 4})).isEqualTo(4);
        assertThat(second.readFully(target)).isEqualTo(4);
        assertThat(target).containsExactly(1, 2, 3, 4);
        assertThat(first.write(ByteBuffer.wrap(new byte[3]))).isEqualTo(3);
        ByteBuffer[] parts = {ByteBuffer.allocateDirect(2), ByteBuffer.allocate(1)};
        assertThat(second.read(parts)).isPositive();
        second.shutdownOutput();
        assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(Ipc.EOF);
        assertThatThrownBy(() -> second.write(new byte[1])).isInstanceOf(PeerGoneException.class);
    }
}
