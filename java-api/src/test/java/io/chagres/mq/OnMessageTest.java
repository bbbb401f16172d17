// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chagres.IpcException;
import io.chagres.OpenMode;
import io.chagres.event.Poller;
import io.chagres.posix.Mqueue;
import io.chagres.posix.Sigevent;
import io.chagres.test.Caller;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls back when messages arrive, whoever else waits for them or is notified. */
@Tag("native")
@Tag("cross-process")
class OnMessageTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private MessageQueue queue;

    @BeforeEach
    void create() throws IpcException {
        queue = MessageQueue.create(name, Queues.options(8, 16));
    }

    @AfterEach
    void remove() throws IpcException {
        queue.close();
        MessageQueue.unlink(name);
    }

    private void drain() {
        try {
            received.addAll(Queues.drain(queue));
        } catch (IpcException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @Conforms("shm.mq/O264")
    void noMessageIsMissedAndNoneComesTwice() throws Exception {
        int messages = 20_000;
        try (Poller.Registration registration = queue.onMessage(this::drain)) {
            for (int i = 0; i < messages; i++) {
                Queues.send(queue, Integer.toString(i), 0);
            }
            await().until(() -> received.size() == messages);
        }
        int next = 0;
        for (String text : received) {
            assertThat(text).isEqualTo(Integer.toString(next++));
        }
    }

    @Test
    void whatIsThereAlreadyIsToldToo() throws Exception {
        Queues.send(queue, "before", 0);
        try (Poller.Registration registration = queue.onMessage(this::drain)) {
            await().until(() -> received.contains("before"));
        }
    }

    @Test
    @Conforms("mq_notify/5")
    void aReceiverThatWaitsTakesTheMessageAndNothingIsCalled() throws Exception {
        AtomicInteger called = new AtomicInteger();
        try (Poller.Registration registration = queue.onMessage(called::incrementAndGet)) {
            for (int i = 0; i < 50; i++) {
                Caller<String> receiving = Caller.start(() -> Queues.receive(queue)).awaitBlocked();
                Queues.send(queue, "direct", 0);
                assertThat(receiving.result()).isEqualTo("direct");
            }
            assertThat(called).hasValue(0);
            Queues.send(queue, "waiting", 0);
            await().until(() -> called.get() > 0);
        }
        Queues.drain(queue);
    }

    @Test
    void worksWhileAnotherProcessHoldsTheNotification() throws Exception {
        try (SecondProcess holder = SecondProcess.java(NotificationHolder.class, name)) {
            assertThat(holder.readLine()).isEqualTo("0");
            assertThat(NotificationHolder.register(name)).isNegative();
            try (Poller.Registration registration = queue.onMessage(this::drain)) {
                Queues.send(queue, "both", 0);
                await().until(() -> received.contains("both"));
            }
        }
    }

    /** Registers for notification and stays. */
    static final class NotificationHolder {

        private NotificationHolder() {}

        public static void main(String[] args) throws Exception {
            System.out.println(register(args[0]));
            System.in.read();
        }

        static int register(String name) {
            try (Arena arena = Arena.ofConfined()) {
                int queue = Mqueue.mq_open(arena.allocateFrom(name), 0, 0, MemorySegment.NULL);
                MemorySegment event = arena.allocate(Sigevent.LAYOUT);
                Sigevent.sigev_notify(event, Sigevent.SIGEV_NONE);
                int result = Mqueue.mq_notify(queue, event);
                if (result < 0) {
                    io.chagres.posix.Unistd.close(queue);
                }
                return result;
            }
        }
    }

    @Test
    void aHandleForSendingIsRefused() throws Exception {
        try (MessageQueue sender = MessageQueue.open(name, OpenMode.WRITE_ONLY)) {
            assertThatThrownBy(() -> sender.onMessage(this::drain))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(name + " is open for sending only");
        }
    }
}
