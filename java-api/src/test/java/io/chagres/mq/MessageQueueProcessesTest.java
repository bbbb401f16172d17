// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.IpcException;
import io.chagres.MessageInfo;
import io.chagres.OpenMode;
import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.SecondProcess;
import io.chagres.test.TestNames;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages between this JVM and others. */
@Tag("native")
@Tag("cross-process")
class MessageQueueProcessesTest {

    private static final int SIZE = 1024;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private final String back = TestNames.posix();

    @AfterEach
    void remove() throws IpcException {
        Queues.removeIfThere(name);
        Queues.removeIfThere(back);
    }

    private static void numbered(MemorySegment message, int number) {
        byte[] content = new byte[(int) message.byteSize()];
        new Random(number).nextBytes(content);
        message.copyFrom(MemorySegment.ofArray(content));
    }

    @Test
    @Conforms({"mq_open/1", "mq_timedreceive/4", "mq_timedreceive/11"})
    void messagesGoBothWaysWithLengthPriorityAndEveryByte() throws Exception {
        MessageInfo info = new MessageInfo();
        try (MessageQueue out = MessageQueue.create(name, Queues.options(5, SIZE));
                MessageQueue in = MessageQueue.create(back, Queues.options(5, SIZE));
                SecondProcess echo = SecondProcess.java(Echo.class, name, back);
                Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(SIZE);
            MemorySegment buffer = arena.allocate(SIZE);
            for (int i = 1; i <= 500; i++) {
                MemorySegment sent = message.asSlice(0, i * 7 % (SIZE + 1));
                numbered(sent, i);
                out.send(sent, i);
                assertThat(in.receive(buffer, info, Queues.PATIENCE)).isEqualTo(sent.byteSize());
                assertThat(buffer.asSlice(0, sent.byteSize()).mismatch(sent)).isEqualTo(-1);
                assertThat(info.priority()).isEqualTo(i + 1);
            }
            out.send(new byte[0], 0);
            assertThat(echo.exitCode()).isZero();
        }
    }

    /** Sends back what comes, with a higher priority, until priority 0 comes. */
    static final class Echo {
        public static void main(String[] args) throws Exception {
            MessageInfo info = new MessageInfo();
            try (MessageQueue in = MessageQueue.open(args[0], OpenMode.READ_ONLY);
                    MessageQueue out = MessageQueue.open(args[1], OpenMode.WRITE_ONLY)) {
                byte[] buffer = new byte[in.messageSize()];
                int length = in.receive(buffer, info);
                while (info.priority() > 0) {
                    out.send(MemorySegment.ofArray(buffer).asSlice(0, length), info.priority() + 1);
                    length = in.receive(buffer, info);
                }
            }
        }
    }

    @Test
    void aReceiverThatIsKilledLosesNothingThatIsStillQueued() throws Exception {
        try (MessageQueue queue = MessageQueue.create(name, Queues.options(5, SIZE))) {
            for (int i = 0; i < 5; i++) {
                Queues.send(queue, "message " + i, 0);
            }
            try (SecondProcess child = SecondProcess.java(ReceivesTwo.class, name)) {
                assertThat(child.readLine()).isEqualTo("message 0");
                assertThat(child.readLine()).isEqualTo("message 1");
                assertThat(child.isAlive()).isTrue();
                child.kill();
            }
            assertThat(Queues.drain(queue)).containsExactly("message 2", "message 3", "message 4");
        }
    }

    /** Receives two messages, and then keeps the queue open and waits for a line. */
    static final class ReceivesTwo {
        public static void main(String[] args) throws Exception {
            try (MessageQueue queue = MessageQueue.open(args[0])) {
                System.out.println(Queues.receive(queue));
                System.out.println(Queues.receive(queue));
                System.in.read();
            }
        }
    }

    @Test
    void aReceiverThatIsKilledWhileItWaitsTakesNothing() throws Exception {
        try (MessageQueue queue = MessageQueue.create(name, Queues.options(5, SIZE))) {
            try (SecondProcess child = SecondProcess.java(WaitsForEver.class, name)) {
                assertThat(child.readLine()).isEqualTo("waiting");
                Queues.send(queue, "taken", 0);
                assertThat(child.readLine()).isEqualTo("taken");
                child.kill();
            }
            Queues.send(queue, "left", 0);
            assertThat(Queues.drain(queue)).containsExactly("left");
        }
    }

    /** Receives whatever comes. */
    static final class WaitsForEver {
        public static void main(String[] args) throws Exception {
            try (MessageQueue queue = MessageQueue.open(args[0])) {
                System.out.println("waiting");
                while (true) {
                    System.out.println(Queues.receive(queue));
                }
            }
        }
    }

    @Test
    @Conforms({"mq_open/11", "mq_open/13"})
    void manyThatOpenOrCreateAtOnceAllGetTheSameQueue() throws Exception {
        List<SecondProcess> racers = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                racers.add(SecondProcess.java(Races.class, Integer.toString(i)));
            }
            for (SecondProcess racer : racers) {
                assertThat(racer.readLine()).isEqualTo("ready");
            }
            for (int round = 0; round < 25; round++) {
                race(racers);
            }
        } finally {
            for (SecondProcess racer : racers) {
                racer.close();
            }
        }
    }

    private void race(List<SecondProcess> racers) throws Exception {
        for (SecondProcess racer : racers) {
            racer.writeLine(name);
        }
        Set<String> seen = new TreeSet<>();
        for (SecondProcess racer : racers) {
            seen.add(racer.readLine());
        }
        assertThat(seen).hasSize(1); // each would have made another message size
        try (MessageQueue queue = MessageQueue.open(name)) {
            assertThat(seen).containsExactly("8 " + queue.messageSize());
            assertThat(Queues.drain(queue))
                    .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7");
        }
        MessageQueue.unlink(name);
    }

    /** For each name it is told: opens or creates it, sends its number, says what it got. */
    static final class Races {
        public static void main(String[] args) throws Exception {
            MessageQueueOptions options = Queues.options(8, 100 + Integer.parseInt(args[0]));
            BufferedReader names =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            System.out.println("ready");
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                try (MessageQueue queue = MessageQueue.openOrCreate(name, options)) {
                    Queues.send(queue, args[0], 0);
                    System.out.println(queue.depth() + " " + queue.messageSize());
                }
            }
        }
    }

    @Test
    @Conforms("shm.mq/O260")
    void aCopyThatIsLargerThanTheQueueStreamsThroughIt() throws Exception {
        byte[] database = new byte[4 << 20];
        new Random(7).nextBytes(database);
        CRC32C checksum = new CRC32C();
        checksum.update(database);
        try (MessageQueue queue = MessageQueue.create(name, Queues.options(4, 8192));
                SecondProcess child = SecondProcess.java(Copies.class, name)) {
            MemorySegment all = MemorySegment.ofArray(database);
            for (long at = 0; at < database.length; at += queue.messageSize()) {
                queue.send(all.asSlice(at, queue.messageSize()), 0);
            }
            queue.send(new byte[0], 0);
            assertThat(child.readLine()).isEqualTo(database.length + " " + checksum.getValue());
            assertThat(child.exitCode()).isZero();
        }
    }

    /** Receives up to an empty message, and says how much it was. */
    static final class Copies {
        public static void main(String[] args) throws Exception {
            CRC32C checksum = new CRC32C();
            long bytes = 0;
            try (MessageQueue queue = MessageQueue.open(args[0], OpenMode.READ_ONLY)) {
                byte[] buffer = new byte[queue.messageSize()];
                int length = queue.receive(buffer, new MessageInfo());
                while (length > 0) {
                    checksum.update(buffer, 0, length);
                    bytes += length;
                    length = queue.receive(buffer, new MessageInfo());
                }
            }
            System.out.println(bytes + " " + checksum.getValue());
        }
    }
}
