// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.calls;

import io.chagres.Mechanism;
import java.util.ArrayList;
import java.util.List;

/** All that is measured. What is compared stands together, since it is measured together. */
final class CallContenders {

    static final String C = "C";
    static final String JNI = "JNI";
    static final String PLAIN = "linker";
    static final String CRITICAL = "linker, critical";
    static final String ERRNO = "linker, errno";
    static final String CRITICAL_ERRNO = "linker, critical, errno";
    static final String CALL_LAYER = "call layer";
    static final String FACADE = "facade";

    static final String LABS = "labs";
    static final String GETPID = "getpid";
    static final String SEM_GETVALUE = "sem_getvalue";

    /** Their facade is judged against their call layer. */
    static final List<String> OPERATIONS =
            List.of(
                    "posix-mq, 64 B sent and received",
                    "anonymous-pipe, 64 B written and read",
                    "fifo, 64 B written and read",
                    "posix-sem, released and acquired",
                    "posix-shm, 64 B put and got",
                    "unix-stream, 64 B written and read",
                    "unix-datagram, 64 B sent and received",
                    "unix-seqpacket, 64 B sent and received");

    static final List<CallContender> ALL = all();

    private CallContenders() {}

    /** Whether there are targets for what is done. */
    static boolean isJudged(String benchmark) {
        return ALL.stream().anyMatch(c -> c.isJudged() && c.benchmark().equals(benchmark));
    }

    private static List<CallContender> all() {
        List<CallContender> all = new ArrayList<>();
        all.add(new CContender(LABS));
        all.add(call(LABS, JNI, LabsCalls.class, "jni"));
        all.add(call(LABS, PLAIN, LabsCalls.class, "plain"));
        all.add(call(LABS, ERRNO, LabsCalls.class, "errno"));
        all.add(call(LABS, CRITICAL, LabsCalls.class, "critical"));
        all.add(new CContender(GETPID));
        all.add(call(GETPID, JNI, GetpidCalls.class, "jni"));
        all.add(call(GETPID, PLAIN, GetpidCalls.class, "plain"));
        all.add(call(GETPID, CALL_LAYER, GetpidCalls.class, "callLayer"));
        all.add(call(SEM_GETVALUE, CRITICAL_ERRNO, SemGetvalueCalls.class, "criticalErrno"));
        all.add(call(SEM_GETVALUE, CALL_LAYER, SemGetvalueCalls.class, "callLayer"));
        addOperations(all);
        addLives(all);
        return List.copyOf(all);
    }

    private static void addOperations(List<CallContender> all) {
        pair(all, OPERATIONS.get(0), MessageQueueOperation.class, Mechanism.POSIX_MQ);
        pair(all, OPERATIONS.get(1), AnonymousPipeOperation.class, Mechanism.ANONYMOUS_PIPE);
        pair(all, OPERATIONS.get(2), FifoOperation.class, Mechanism.FIFO);
        pair(all, OPERATIONS.get(3), NamedSemaphoreOperation.class, Mechanism.POSIX_SEM);
        pair(all, OPERATIONS.get(4), SharedMemoryOperation.class, Mechanism.MEMFD);
        pair(all, OPERATIONS.get(5), UnixStreamOperation.class, Mechanism.UNIX_STREAM);
        pair(all, OPERATIONS.get(6), UnixDatagramOperation.class, Mechanism.UNIX_DATAGRAM);
        pair(all, OPERATIONS.get(7), UnixSeqPacketOperation.class, Mechanism.UNIX_SEQPACKET);
    }

    private static void addLives(List<CallContender> all) {
        pair(all, "posix-mq, created and gone", MessageQueueLife.class, Mechanism.POSIX_MQ);
        pair(all, "posix-mq, opened and closed", MessageQueueOpening.class, Mechanism.POSIX_MQ);
        pair(all, "posix-shm, created and gone", SharedMemoryLife.class, Mechanism.POSIX_SHM);
        pair(all, "posix-shm, opened and closed", SharedMemoryOpening.class, Mechanism.POSIX_SHM);
        pair(all, "posix-sem, created and gone", NamedSemaphoreLife.class, Mechanism.POSIX_SEM);
        pair(all, "posix-sem, opened and closed", NamedSemaphoreOpening.class, Mechanism.POSIX_SEM);
        pair(
                all,
                "anonymous-pipe, opened and closed",
                AnonymousPipeLife.class,
                Mechanism.ANONYMOUS_PIPE);
        pair(all, "fifo, created and gone", FifoLife.class, Mechanism.FIFO);
        pair(all, "fifo, opened and closed", FifoOpening.class, Mechanism.FIFO);
        pair(
                all,
                "unix-stream, pair opened and closed",
                UnixStreamLife.class,
                Mechanism.UNIX_STREAM);
        pair(
                all,
                "unix-stream, connected and accepted",
                UnixStreamOpening.class,
                Mechanism.UNIX_STREAM);
        pair(
                all,
                "unix-datagram, created and gone",
                UnixDatagramLife.class,
                Mechanism.UNIX_DATAGRAM);
    }

    private static CallContender call(String benchmark, String name, Class<?> type, String method) {
        return new JmhContender(benchmark, name, type, method, null, true);
    }

    private static void pair(
            List<CallContender> all, String benchmark, Class<?> type, Mechanism needs) {
        boolean judged = OPERATIONS.contains(benchmark);
        all.add(new JmhContender(benchmark, CALL_LAYER, type, "callLayer", needs, judged));
        all.add(new JmhContender(benchmark, FACADE, type, "facade", needs, judged));
    }
}
