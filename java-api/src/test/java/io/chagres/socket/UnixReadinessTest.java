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
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sockets in a poller, and many of them on few threads. */
@Tag("native")
class UnixReadinessTest {

    private static final Set<Readiness> READABLE = Set.of(Readiness.READABLE);

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final UnixAddress address = UnixAddress.ofAbstract(TestNames.posix());
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private Poller poller;

    @BeforeEach
    void open() throws Exception {
        poller = Poller.open();
    }

    @AfterEach
    void close() {
        poller.close();
    }

    private Object next() throws InterruptedException {
        return events.poll(30, TimeUnit.SECONDS);
    }

    @Test
    @Conforms("af_unix.select/O91")
    void aConnectionDataAndTheEndOfThePeerAreSeen() throws Exception {
        List<UnixSocketChannel> accepted = new ArrayList<>();
        try (UnixServerChannel server = UnixServerChannel.bind(address)) {
            poller.register(server, READABLE, ready -> events.add(server.accept()));
            try (UnixSocketChannel client = UnixSocketChannel.connect(address)) {
                UnixSocketChannel other = (UnixSocketChannel) next();
                accepted.add(other);
                byte[] target = new byte[10];
                poller.register(
                        other,
                        READABLE,
                        ready -> {
                            int count = other.tryRead(target);
                            if (count == Ipc.EOF) {
                                other.close();
                            }
                            events.add(count);
                        });
                client.write(new byte[3]);
                assertThat(next()).isEqualTo(3);
                client.write(new byte[5]);
                assertThat(next()).isEqualTo(5);
            }
            assertThat(next()).isEqualTo(Ipc.EOF);
            assertThat(accepted.get(0).isOpen()).isFalse();
        }
    }

    @Test
    @Conforms("af_unix.select/O91")
    void aHangUpAndRoomAreSeen() throws Exception {
        try (UnixStreams ends = UnixStreams.Kind.PAIR.open()) {
            long full = ends.fill();
            Poller.Registration room =
                    poller.register(
                            ends.client(), Set.of(Readiness.WRITABLE), ready -> events.add(ready));
            assertThat(events).isEmpty();
            ends.server().readFully(new byte[(int) full]);
            assertThat(((Set<?>) next()).contains(Readiness.WRITABLE)).isTrue();
            room.close(); // its callback may be running still
            CompletableFuture<Set<Readiness>> hangUp = new CompletableFuture<>();
            poller.register(
                    ends.client(),
                    READABLE,
                    ready -> {
                        hangUp.complete(ready);
                        ends.client().close();
                    });
            ends.server().close();
            assertThat(hangUp.get(10, TimeUnit.SECONDS)).contains(Readiness.HANG_UP);
        }
    }

    @Test
    @Conforms("af_unix.select/O91")
    void messagesAreSeen() throws Exception {
        for (UnixMessages.Kind kind : UnixMessages.Kind.values()) {
            try (UnixMessages ends = kind.open()) {
                UnixMessageChannel receiver = ends.receiver();
                Poller.Registration registration =
                        poller.register(
                                receiver,
                                READABLE,
                                ready -> events.add(receiver.tryReceive(UnixMessages.room(9))));
                ends.send("four");
                assertThat(next()).isEqualTo(4);
                ends.send("");
                assertThat(next()).isEqualTo(0);
                registration.close();
            }
        }
    }

    @Test
    @Conforms("af_unix.select/O92")
    void aPollerThatIsClosedAndAHandleThatIsClosedAreRefused() throws Exception {
        try (UnixStreams ends = UnixStreams.Kind.PAIR.open()) {
            UnixSocketChannel closed = ends.client();
            closed.close();
            assertThatThrownBy(() -> poller.register(closed, READABLE, ready -> {}))
                    .isInstanceOf(ClosedException.class);
            poller.close();
            Pollable server = ends.server();
            assertThatThrownBy(() -> poller.register(server, READABLE, ready -> {}))
                    .isInstanceOf(ClosedException.class);
        }
    }

    @Test
    @Conforms("af_unix.select/O92")
    void whatComesBeforeAndWhileItIsRegisteredIsNotLost() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (UnixStreams ends = UnixStreams.Kind.PAIR.open()) {
                ends.client().write(new byte[2]);
                AtomicInteger sum = new AtomicInteger();
                Poller.Registration registration =
                        poller.register(
                                ends.server(),
                                READABLE,
                                ready -> {
                                    int count = ends.server().tryRead(new byte[10]);
                                    if (count > 0 && sum.addAndGet(count) == 5) {
                                        events.add(5);
                                    }
                                });
                ends.client().write(new byte[3]);
                assertThat(next()).isEqualTo(5);
                registration.close();
            }
        }
    }

    @Test
    @Tag("cross-process")
    @Conforms("af_unix.select/O95")
    void aThousandClientsAreServedByVirtualThreadsOnOneCarrier() throws Exception {
        try (SecondProcess child =
                SecondProcess.command(
                        SecondProcess.javaCommand(
                                List.of(),
                                List.of(
                                        "-Djdk.virtualThreadScheduler.parallelism=1",
                                        "-Djdk.virtualThreadScheduler.maxPoolSize=1"),
                                EchoesToAThousand.class,
                                address.toString().substring(1)))) {
            assertThat(child.readLine()).isEqualTo("1000 of 1000 were answered");
            assertThat(child.exitCode()).isZero();
        }
    }
}
