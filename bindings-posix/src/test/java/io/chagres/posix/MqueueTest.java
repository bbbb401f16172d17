// SPDX-License-Identifier: Apache-2.0
package io.chagres.posix;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.test.Conforms;
import io.chagres.test.LeakCheck;
import io.chagres.test.TestNames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bare calls; what the facade makes of them is tested there. */
@Tag("native")
class MqueueTest {

    private static final int DEPTH = 3;
    private static final int SIZE = 32;

    @RegisterExtension
    static final LeakCheck LEAKS = LeakCheck.ofDescriptorsAnd(QueueNames::exists);

    private Arena arena;
    private MemorySegment name;
    private MemorySegment attributes;
    private MemorySegment buffer;
    private int queue;

    @BeforeEach
    void create() {
        arena = Arena.ofShared();
        name = arena.allocateFrom(TestNames.posix());
        attributes = arena.allocate(MqAttr.LAYOUT);
        buffer = arena.allocate(SIZE);
        MqAttr.mq_maxmsg(attributes, DEPTH);
        MqAttr.mq_msgsize(attributes, SIZE);
        queue = open(Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_EXCL);
        assertThat(queue).isGreaterThan(0);
    }

    @AfterEach
    void remove() {
        Mqueue.mq_close(queue);
        Mqueue.mq_unlink(name);
        arena.close();
    }

    private int open(int flags) {
        return Mqueue.mq_open(name, flags, 0600, attributes);
    }

    private int send(String text, int priority) {
        return Mqueue.mq_send(queue, arena.allocateFrom(text), text.length(), priority);
    }

    private MemorySegment deadline(long second) {
        MemorySegment time = arena.allocate(Timespec.LAYOUT);
        Timespec.tv_sec(time, second);
        return time;
    }

    private void fill() {
        for (int i = 0; i < DEPTH; i++) {
            assertThat(send("x", 0)).isZero();
        }
    }

    @Test
    @Conforms({"mq_open/1", "mq_send/1", "mq_receive/1", "mq_timedreceive/11"})
    void aMessageComesBackWithItsLengthHighestPriorityFirst() {
        MemorySegment priority = arena.allocate(ValueLayout.JAVA_INT);
        assertThat(send("low", 1)).isZero();
        assertThat(send("high", 9)).isZero();
        assertThat(Mqueue.mq_receive(queue, buffer, SIZE, priority)).isEqualTo(4);
        assertThat(priority.get(ValueLayout.JAVA_INT, 0)).isEqualTo(9);
        assertThat(buffer.asSlice(0, 4).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo("high".getBytes(StandardCharsets.US_ASCII));
        assertThat(Mqueue.mq_timedreceive(queue, buffer, SIZE, priority, deadline(0))).isEqualTo(3);
        assertThat(priority.get(ValueLayout.JAVA_INT, 0)).isEqualTo(1);
    }

    @Test
    @Conforms({"mq_open/21", "mq_open/3", "mq_open/15", "mq_unlink/7"})
    void aFailureIsTheNegatedErrno() {
        MemorySegment absent = arena.allocateFrom(TestNames.posix());
        assertThat(Mqueue.mq_open(absent, Fcntl.O_RDWR, 0, MemorySegment.NULL))
                .isEqualTo(-Errno.ENOENT);
        assertThat(Mqueue.mq_unlink(absent)).isEqualTo(-Errno.ENOENT);
        assertThat(open(Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_EXCL)).isEqualTo(-Errno.EEXIST);
    }

    @Test
    void aStaleErrnoIsNotReadAfterSuccess() {
        assertThat(Mqueue.mq_close(-1)).isEqualTo(-Errno.EBADF);
        assertThat(send("fine", 0)).isZero();
    }

    @Test
    @Conforms({"mq_open/18", "mq_send/10", "mq_timedsend/10", "mq_receive/7"})
    void theFlagOfTheOpenDecidesWhetherItWaits() {
        int nonBlocking = open(Fcntl.O_RDWR | Fcntl.O_NONBLOCK);
        assertThat(Mqueue.mq_receive(nonBlocking, buffer, SIZE, MemorySegment.NULL))
                .isEqualTo(-Errno.EAGAIN);
        fill();
        assertThat(Mqueue.mq_send(nonBlocking, buffer, 1, 0)).isEqualTo(-Errno.EAGAIN);
        assertThat(Mqueue.mq_timedsend(nonBlocking, buffer, 1, 0, deadline(0)))
                .isEqualTo(-Errno.EAGAIN);
        Mqueue.mq_getattr(queue, attributes);
        assertThat(MqAttr.mq_curmsgs(attributes)).isEqualTo(DEPTH);
        Mqueue.mq_close(nonBlocking);
    }

    @Test
    @Conforms({"mq_timedreceive/7", "mq_timedreceive/13", "mq_timedreceive/18", "mq_timedsend/20"})
    void aDeadlineThatIsPastAnswersAtOnce() {
        int nonBlocking = open(Fcntl.O_RDWR | Fcntl.O_NONBLOCK);
        MemorySegment none = MemorySegment.NULL;
        assertThat(Mqueue.mq_timedreceive(nonBlocking, buffer, SIZE, none, deadline(0)))
                .isEqualTo(-Errno.EAGAIN);
        assertThat(Mqueue.mq_timedreceive(queue, buffer, SIZE, none, deadline(0)))
                .isEqualTo(-Errno.ETIMEDOUT);
        fill();
        assertThat(Mqueue.mq_timedsend(queue, buffer, 1, 0, deadline(0)))
                .isEqualTo(-Errno.ETIMEDOUT);
        Mqueue.mq_close(nonBlocking);
    }

    @Test
    @Conforms({"mq_send/2", "mq_send/14", "mq_timedsend/14", "mq_send/4", "mq_timedsend/13"})
    void whatIsTooLongOrHasNoPriorityIsRefused() {
        MemorySegment tooLong = arena.allocate(SIZE + 1);
        int tooHigh = (int) Unistd.sysconf(Unistd._SC_MQ_PRIO_MAX);
        assertThat(Mqueue.mq_send(queue, tooLong, SIZE + 1, 0)).isEqualTo(-Errno.EMSGSIZE);
        assertThat(Mqueue.mq_timedsend(queue, tooLong, SIZE + 1, 0, deadline(0)))
                .isEqualTo(-Errno.EMSGSIZE);
        assertThat(Mqueue.mq_send(queue, buffer, 1, tooHigh)).isEqualTo(-Errno.EINVAL);
        assertThat(Mqueue.mq_timedsend(queue, buffer, 1, tooHigh, deadline(0)))
                .isEqualTo(-Errno.EINVAL);
        Mqueue.mq_getattr(queue, attributes);
        assertThat(MqAttr.mq_curmsgs(attributes)).isZero();
    }

    @Test
    @Conforms({"mq_getattr/2", "mq_getattr/3", "mq_getattr/5", "mq_setattr/1", "mq_setattr/3"})
    void onlyTheNonBlockingFlagCanBeSet() {
        MemorySegment wanted = arena.allocate(MqAttr.LAYOUT);
        MemorySegment old = arena.allocate(MqAttr.LAYOUT);
        MqAttr.mq_flags(wanted, Fcntl.O_NONBLOCK);
        MqAttr.mq_maxmsg(wanted, DEPTH + 1);
        MqAttr.mq_msgsize(wanted, SIZE + 1);
        MqAttr.mq_curmsgs(wanted, 1);
        assertThat(Mqueue.mq_setattr(queue, wanted, old)).isZero();
        assertThat(MqAttr.mq_flags(old)).isZero();
        assertThat(Mqueue.mq_getattr(queue, attributes)).isZero();
        assertThat(MqAttr.mq_flags(attributes)).isEqualTo(Fcntl.O_NONBLOCK);
        assertThat(MqAttr.mq_maxmsg(attributes)).isEqualTo(DEPTH);
        assertThat(MqAttr.mq_msgsize(attributes)).isEqualTo(SIZE);
        assertThat(MqAttr.mq_curmsgs(attributes)).isZero();
    }

    @Test
    @Conforms({"mq_notify/1", "mq_notify/3", "mq_notify/7", "mq_close/1", "mq_close/2"})
    void oneRegistrationAtATimeUntilItIsRemovedOrItsDescriptorIsClosed() {
        MemorySegment silent = arena.allocate(Sigevent.LAYOUT);
        Sigevent.sigev_notify(silent, Sigevent.SIGEV_NONE);
        int other = open(Fcntl.O_RDWR);
        assertThat(Mqueue.mq_notify(queue, silent)).isZero();
        assertThat(Mqueue.mq_notify(other, silent)).isEqualTo(-Errno.EBUSY);
        assertThat(Mqueue.mq_notify(queue, MemorySegment.NULL)).isZero();
        assertThat(Mqueue.mq_notify(other, silent)).isZero();
        assertThat(Mqueue.mq_close(other)).isZero();
        assertThat(Mqueue.mq_notify(queue, silent)).isZero();
        assertThat(send("arrival", 0)).isZero(); // uses the registration up
        assertThat(Mqueue.mq_notify(queue, silent)).isZero();
    }

    @Test
    void aDescriptorIsCloseOnExec() {
        assertThat(Fcntl.fcntl(queue, Fcntl.F_GETFD, 0)).isEqualTo(Fcntl.FD_CLOEXEC);
        assertThat(Fcntl.fcntl(queue, Fcntl.F_GETFL, 0) & Fcntl.O_ACCMODE).isEqualTo(Fcntl.O_RDWR);
    }
}
