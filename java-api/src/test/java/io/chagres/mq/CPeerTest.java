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
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Messages exchanged with the C peer, which verifies what it gets ({@code native/peers/peer.h}).
 */
@Tag("native")
@Tag("cross-process")
class CPeerTest {

    private static final int SIZE = 256;
    private static final int FIXED_LENGTH = 64;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    @RegisterExtension static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(Queues::exists);

    private final String name = TestNames.posix();
    private final String requestName = TestNames.issue(name + ".requests");
    private final String replyName = TestNames.issue(name + ".replies");
    private MessageQueue requests;
    private MessageQueue replies;

    @BeforeEach
    void create() throws IpcException {
        MessageQueueOptions options = Queues.options(4, SIZE);
        requests = MessageQueue.create(requestName, options.withMode(OpenMode.WRITE_ONLY));
        replies = MessageQueue.create(replyName, options.withMode(OpenMode.READ_ONLY));
    }

    @AfterEach
    void remove() throws IpcException {
        requests.close();
        replies.close();
        MessageQueue.unlink(requestName);
        MessageQueue.unlink(replyName);
    }

    private SecondProcess peer(int fixed, int streamed) throws Exception {
        String program = System.getProperty("chagres.peers") + "/posix-mq";
        String max = Integer.toString(SIZE);
        SecondProcess peer =
                SecondProcess.program(
                        program, name, max, "0", Integer.toString(fixed), "" + streamed);
        assertThat(peer.readLine()).isEqualTo("ready");
        return peer;
    }

    private static byte[] payload(long number, int direction) {
        byte[] bytes = new byte[FIXED_LENGTH];
        for (int i = 0; i < FIXED_LENGTH; i++) {
            long word = mix(mix(number * 4 + direction) + i / Long.BYTES);
            bytes[i] = (byte) (word >>> (i % Long.BYTES * Byte.SIZE));
        }
        return bytes;
    }

    /** The finalizer of splitmix64, as the peer has it. */
    private static long mix(long seed) {
        long x = seed + 0x9E3779B97F4A7C15L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    private void expectReply(long number) throws Exception {
        byte[] buffer = new byte[SIZE];
        int length = replies.receive(buffer, new MessageInfo(), Queues.PATIENCE);
        assertThat(length).isEqualTo(FIXED_LENGTH);
        assertThat(Arrays.copyOf(buffer, length)).isEqualTo(payload(number, REPLY));
    }

    @Test
    @Conforms({"mq_send/1", "mq_timedsend/1", "mq_receive/1"})
    void everyByteIsTheSameOnBothSides() throws Exception {
        int fixed = 300;
        int streamed = 500;
        try (SecondProcess peer = peer(fixed, streamed)) {
            for (int i = 0; i < fixed; i++) {
                requests.send(payload(i, REQUEST), i % 3);
                expectReply(i);
            }
            for (int i = fixed; i < fixed + streamed; i++) {
                requests.send(payload(i, REQUEST), 0);
            }
            expectReply(fixed + streamed);
            assertThat(peer.exitCode()).isZero();
        }
    }

    /** That the comparison above can fail at all. */
    @Test
    void thePeerNoticesAWrongByte() throws Exception {
        try (SecondProcess peer = peer(1, 0)) {
            byte[] wrong = payload(0, REQUEST);
            wrong[FIXED_LENGTH - 1]++;
            requests.send(wrong, 0);
            assertThat(peer.exitCode()).isEqualTo(2);
        }
    }
}
