// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.ClosedException;
import io.chagres.MessageInfo;
import io.chagres.mq.MessageQueue;
import io.chagres.mq.MessageQueueOptions;
import io.chagres.test.Delays;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A receive is blocked, its handle is closed, and at once something else is opened, which gets the
 * same number: the receive must end, in time, and must not take what is in the other.
 */
@Tag("stress")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CloseUnderCallStressTest {

    private static final int ROUNDS = 100_000;
    private static final double ALLOWED_MILLIS = 200;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final String emptyName = TestNames.posix();
    private final String decoyName = TestNames.posix();
    private final SynchronousQueue<MessageQueue> handles = new SynchronousQueue<>();
    private final SynchronousQueue<Object> endings = new SynchronousQueue<>();
    private MessageQueue decoy;

    @BeforeEach
    void create() throws Exception {
        MessageQueueOptions options = MessageQueueOptions.defaults().withDepth(1);
        MessageQueue.create(emptyName, options.withMessageSize(8)).close();
        decoy = MessageQueue.create(decoyName, options.withMessageSize(8));
        decoy.send(new byte[1], 0);
    }

    @AfterEach
    void remove() throws Exception {
        decoy.close();
        MessageQueue.unlink(emptyName);
        MessageQueue.unlink(decoyName);
    }

    @Test
    void noNumberIsUsedAfterItWasFreedAndEveryCallEndsInTime() throws Exception {
        Thread receiver = Thread.ofPlatform().daemon().name("receiver").start(this::receiveAll);
        Delays delays = new Delays();
        for (int round = 0; round < ROUNDS; round++) {
            MessageQueue handle = MessageQueue.open(emptyName);
            handles.put(handle);
            pause(round);
            long start = System.nanoTime();
            handle.close();
            MessageQueue other = MessageQueue.open(decoyName);
            Object ending = endings.take();
            delays.add(System.nanoTime() - start);
            assertThat(ending).isInstanceOf(ClosedException.class);
            other.close();
        }
        receiver.interrupt();
        receiver.join();
        assertThat(decoy.size()).isEqualTo(1);
        Delays control = Delays.ofSleeps(1_000, 1_000_000);
        System.err.println("close of a blocked receive, " + delays + "; control, " + control);
        assertThat(delays.millis(0.99)).isLessThan(control.millis(0.99) + ALLOWED_MILLIS);
    }

    /** From none, so that close meets the call on its way in, to long enough for it to block. */
    private static void pause(int round) {
        long end = System.nanoTime() + round % 16 * 10_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void receiveAll() {
        byte[] buffer = new byte[8];
        MessageInfo info = new MessageInfo();
        try {
            while (true) {
                MessageQueue handle = handles.take();
                Object ending;
                try {
                    ending = handle.receive(buffer, info);
                } catch (Exception e) {
                    ending = e;
                }
                endings.put(ending);
            }
        } catch (InterruptedException e) {
            // the test is over
        }
    }

    @Test
    void anInterruptEndsEveryCallInTime() throws Exception {
        Delays delays = new Delays();
        try (MessageQueue handle = MessageQueue.open(emptyName)) {
            Thread receiver = Thread.ofPlatform().daemon().name("receiver").start(this::receiveAll);
            for (int round = 0; round < 2_000; round++) {
                handles.put(handle);
                pause(round);
                long start = System.nanoTime();
                receiver.interrupt();
                Object ending = endings.take();
                delays.add(System.nanoTime() - start);
                assertThat(ending).isInstanceOf(InterruptedException.class);
            }
            receiver.interrupt();
            receiver.join();
        }
        Delays control = Delays.ofSleeps(1_000, 1_000_000);
        System.err.println("interrupt of a blocked receive, " + delays + "; control, " + control);
        assertThat(delays.millis(0.99)).isLessThan(control.millis(0.99) + ALLOWED_MILLIS);
    }
}
