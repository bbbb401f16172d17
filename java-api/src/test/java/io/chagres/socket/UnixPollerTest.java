// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.ClosedException;
import io.chagres.Ipc;
import io.chagres.event.Pollable;
import io.chagres.event.Poller;
import io.chagres.event.Readiness;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sockets on a poller. */
@Tag("native")
class UnixPollerTest {

    private static final Set<Readiness> READABLE = Set.of(Readiness.READABLE);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    @TempDir Path folder;

    private final BlockingQueue<Object> calls = new LinkedBlockingQueue<>();
    private Poller poller;

    @BeforeEach
    void open() throws Exception {
        poller = Poller.open();
    }

    @AfterEach
    void close() throws Exception {
        poller.close();
    }

    private Object nextCall() throws InterruptedException {
        return calls.poll(30, TimeUnit.SECONDS);
    }

    @Test
    @Conforms("af_unix.select/O91")
    void aServerIsReadyWhenAConnectionIsThere() throws Exception {
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        try (UnixServerChannel server = UnixServerChannel.bind(address)) {
            poller.register(server, READABLE, ready -> calls.add(server.tryAccept().orElseThrow()));
            for (int i = 0; i < 3; i++) {
                try (UnixSocketChannel client = UnixSocketChannel.connect(address);
                        UnixSocketChannel accepted = (UnixSocketChannel) nextCall()) {
                    client.write(new byte[] {5});
                    assertThat(accepted.read(new byte[2])).isOne();
                }
            }
            assertThat(calls).isEmpty();
        }
    }

    @Test
    @Conforms("af_unix.select/O91")
    void aStreamIsReadyForDataAndWhenItsPeerIsClosed() throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            Poller.Registration registration =
                    poller.register(
                            pair.first(),
                            READABLE,
                            ready -> {
                                int count = pair.first().tryRead(new byte[10]);
                                calls.add(count == Ipc.EOF ? ready : count);
                                if (count == Ipc.EOF) {
                                    pair.first().close();
                                }
                            });
            pair.second().write(new byte[3]);
            assertThat(nextCall()).isEqualTo(3);
            pair.second().write(new byte[4]);
            assertThat(nextCall()).isEqualTo(4);
            assertThat(calls).isEmpty();
            pair.second().close();
            assertThat(nextCall()).isEqualTo(Set.of(Readiness.READABLE, Readiness.HANG_UP));
            registration.close();
        }
    }

    @Test
    void aFullStreamIsReadyWhenItsPeerHasRead() throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            byte[] block = new byte[10_000];
            int sent = 0;
            for (int count = pair.first().tryWrite(block);
                    count > 0;
                    count = pair.first().tryWrite(block)) {
                sent += count;
            }
            Poller.Registration[] once = new Poller.Registration[1];
            Semaphore registered = new Semaphore(0);
            once[0] =
                    poller.register(
                            pair.first(),
                            Set.of(Readiness.WRITABLE),
                            ready -> {
                                registered.acquire();
                                once[0].close();
                                calls.add(ready);
                            });
            registered.release();
            assertThat(calls).isEmpty();
            assertThat(pair.second().readFully(new byte[sent])).isEqualTo(sent);
            assertThat(nextCall()).isEqualTo(Set.of(Readiness.WRITABLE));
        }
    }

    @Test
    void messagesMakeTheirSocketsReady() throws Exception {
        try (SocketPair<UnixDatagramChannel> datagrams = UnixDatagramChannel.pair();
                SocketPair<UnixSeqPacketChannel> records = UnixSeqPacketChannel.pair()) {
            receive(datagrams);
            receive(records);
        }
    }

    private void receive(SocketPair<? extends UnixMessageChannel> pair) throws Exception {
        MemorySegment target = MemorySegment.ofArray(new byte[8]);
        poller.register(
                pair.first(), READABLE, ready -> calls.add(pair.first().tryReceive(target)));
        for (int length = 0; length < 8; length++) {
            pair.second().send(target.asSlice(0, length));
            assertThat(nextCall()).isEqualTo(length);
        }
        assertThat(calls).isEmpty();
    }

    @Test
    @Conforms("af_unix.select/O92")
    void aClosedPollerRefuses() throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            poller.register(pair.first(), READABLE, calls::add);
            poller.close();
            assertThatThrownBy(() -> poller.register(pair.first(), READABLE, calls::add))
                    .isInstanceOf(ClosedException.class);
            pair.second().write(new byte[1]);
            assertThat(pair.first().read(new byte[1])).isOne();
            assertThat(calls).isEmpty();
        }
    }

    /** At any instant between the look and the next wait of the poller. */
    @Test
    @Conforms("af_unix.select/O92")
    void noWakeUpIsLost() throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            Pollable source = pair.first();
            Semaphore seen = new Semaphore(0);
            poller.register(
                    source,
                    READABLE,
                    ready -> seen.release(pair.first().tryRead(new byte[1]) == 1 ? 1 : 0));
            for (int i = 0; i < 20_000; i++) {
                pair.second().write(new byte[1]);
                int expected = i % 3; // the first of three is not awaited: the next one comes
                if (expected > 0) {
                    assertThat(seen.tryAcquire(expected, 30, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
    }

    @Test
    @Conforms("af_unix.select/O92")
    void whatWasReadyBeforeItsRegistrationIsSeen() throws Exception {
        try (SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair()) {
            for (int i = 0; i < 500; i++) {
                pair.second().write(new byte[1]);
                try (Poller.Registration r =
                        poller.register(
                                pair.first(),
                                READABLE,
                                ready -> {
                                    if (pair.first().tryRead(new byte[1]) == 1) {
                                        calls.add(ready);
                                    }
                                })) {
                    assertThat(nextCall()).isEqualTo(READABLE);
                }
            }
        }
    }
}
