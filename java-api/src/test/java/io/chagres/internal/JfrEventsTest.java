// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chagres.BorrowedDescriptor;
import io.chagres.MessageInfo;
import io.chagres.NotFoundException;
import io.chagres.mq.MessageQueue;
import io.chagres.posix.Unistd;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a recording of Flight Recorder gets to see. */
@Tag("native")
class JfrEventsTest {

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptors();

    private final String name = TestNames.posix();
    private final BlockingQueue<RecordedEvent> events = new LinkedBlockingQueue<>();
    private RecordingStream recording;

    @BeforeEach
    void record() {
        recording = new RecordingStream();
        for (String event : new String[] {"Wait", "Failure", "Leak"}) {
            recording.enable("io.chagres." + event);
            recording.onEvent("io.chagres." + event, events::add);
        }
        recording.startAsync();
    }

    @AfterEach
    void stop() {
        recording.close();
    }

    private RecordedEvent next(String type, Predicate<RecordedEvent> wanted) throws Exception {
        RecordedEvent event = events.poll(30, TimeUnit.SECONDS);
        while (event != null
                && !(event.getEventType().getName().equals("io.chagres." + type)
                        && wanted.test(event))) {
            event = events.poll(30, TimeUnit.SECONDS);
        }
        assertThat(event).as(type).isNotNull();
        return event;
    }

    @Test
    void aWaitOverTheThresholdIsRecordedWithItsLength() throws Exception {
        try (MessageQueue queue = MessageQueue.create(name)) {
            MessageQueue.unlink(name);
            queue.receive(new byte[8192], new MessageInfo(), Duration.ofMillis(1));
            queue.receive(new byte[8192], new MessageInfo(), Duration.ofMillis(60));
        }
        RecordedEvent wait = next("Wait", e -> e.getString("object").equals(name));
        assertThat(wait.getString("operation")).isEqualTo("mq_receive");
        assertThat(wait.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(59));
    }

    @Test
    void aFailureIsRecordedWithItsError() throws Exception {
        assertThatThrownBy(() -> MessageQueue.open(name)).isInstanceOf(NotFoundException.class);
        RecordedEvent failure = next("Failure", e -> e.getString("object").equals(name));
        assertThat(failure.getString("operation")).isEqualTo("mq_open");
        assertThat(failure.getString("symbol")).isEqualTo("ENOENT");
    }

    @Test
    void aHandleThatIsNeverClosedIsReportedWithWhereItWasOpenedAndStaysOpen() throws Exception {
        int fd = openAndForget();
        RecordedEvent leak = null;
        while (leak == null || !leak.getEventType().getName().endsWith("Leak")) {
            System.gc();
            leak = events.poll(50, TimeUnit.MILLISECONDS);
        }
        assertThat(leak.getString("object")).isEqualTo("MessageQueue " + name);
        assertThat(leak.getString("opened"))
                .contains("MessageQueue.create(", "JfrEventsTest.openAndForget(");
        assertThat(Unistd.close(fd)).isZero();
    }

    /** The loop that virtual threads wait with must not keep it. */
    @Test
    void aHandleThatAVirtualThreadWaitedOnIsReportedToo() throws Exception {
        int[] fd = new int[1];
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                fd[0] = waitAndForget();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .join();
        RecordedEvent leak = null;
        while (leak == null || !leak.getEventType().getName().endsWith("Leak")) {
            System.gc();
            leak = events.poll(50, TimeUnit.MILLISECONDS);
        }
        assertThat(leak.getString("object")).isEqualTo("MessageQueue " + name);
        assertThat(Unistd.close(fd[0])).isZero();
    }

    private int waitAndForget() throws Exception {
        MessageQueue forgotten = MessageQueue.create(name);
        MessageQueue.unlink(name);
        forgotten.receive(new byte[8192], new MessageInfo(), Duration.ofMillis(20));
        try (BorrowedDescriptor borrowed = forgotten.borrow()) {
            return borrowed.fd();
        }
    }

    private int openAndForget() throws Exception {
        MessageQueue forgotten = MessageQueue.create(name);
        MessageQueue.unlink(name);
        try (BorrowedDescriptor borrowed = forgotten.borrow()) {
            return borrowed.fd();
        }
    }
}
