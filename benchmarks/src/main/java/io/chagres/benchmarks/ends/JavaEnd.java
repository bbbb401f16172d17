// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.util.List;

/**
 * A contender in Java.
 *
 * @param mechanism its id
 * @param contender its id
 * @param maker of its ends
 * @param needs a class of the library that it measures, which may be absent; or several, with
 *     commas
 * @param oneProcess whether both ends are threads of one process
 */
public record JavaEnd(
        String mechanism, String contender, Maker maker, String needs, boolean oneProcess) {

    private static final String SHARED_MEMORY = "posix-shm";

    private static final String AGRONA = "org.agrona.concurrent.ringbuffer.RingBuffer";

    /**
     * Adding one is an {@link End} and a line here. Lambdas, not method references: these load the
     * class at once.
     */
    public static final List<JavaEnd> ALL =
            List.of(
                    chagres("anonymous-pipe", role -> new AnonymousPipeEnd(role)),
                    callLayer("anonymous-pipe", role -> new AnonymousPipeCallEnd(role)),
                    inOneProcess("anonymous-pipe", role -> new AnonymousPipeJdkEnd(role)),
                    chagres("fifo", role -> new FifoEnd(role)),
                    callLayer("fifo", role -> new FifoCallEnd(role)),
                    jdk("fifo", role -> new FifoJdkEnd(role)),
                    chagres("posix-mq", role -> new PosixMqEnd(role)),
                    callLayer("posix-mq", role -> new PosixMqCallEnd(role)),
                    chagres("posix-sem", role -> new PosixSemEnd(role)),
                    callLayer("posix-sem", role -> new PosixSemCallEnd(role)),
                    chagres("posix-shm", role -> new PosixShmEnd(role)),
                    callLayer("posix-shm", role -> new PosixShmCallEnd(role)),
                    peer("jdk", role -> new MappedRingEnd(role), "java.nio.MappedByteBuffer"),
                    peer("agrona", role -> AgronaEnd.oneToOne(role), AGRONA),
                    peer("agrona-many", role -> AgronaEnd.manyToOne(role), AGRONA),
                    peer(
                            "aeron",
                            role -> new AeronEnd(role),
                            "io.aeron.driver.MediaDriver," + AGRONA),
                    peer(
                            "chronicle",
                            role -> new ChronicleEnd(role),
                            "net.openhft.chronicle.queue.ChronicleQueue"),
                    reference(
                            "jctools",
                            role -> new InProcessEnd(role, size -> new JctoolsLane(size)),
                            "org.jctools.queues.SpscArrayQueue"),
                    reference(
                            "disruptor",
                            role -> new InProcessEnd(role, size -> new DisruptorLane(size)),
                            "com.lmax.disruptor.RingBuffer"),
                    chagres("memfd", role -> new MemfdEnd(role)),
                    callLayer("memfd", role -> new MemfdCallEnd(role)),
                    jdk("floor", role -> new FloorEnd(role)),
                    chagres("unix-stream", role -> new UnixStreamEnd(role)),
                    callLayer("unix-stream", role -> new UnixStreamCallEnd(role)),
                    jdk("unix-stream", role -> new UnixStreamJdkEnd(role)),
                    junixsocket("unix-stream", role -> new UnixStreamJunixsocketEnd(role)),
                    chagres("unix-datagram", role -> new UnixDatagramEnd(role)),
                    callLayer("unix-datagram", role -> new UnixDatagramCallEnd(role)),
                    junixsocket("unix-datagram", role -> new UnixDatagramJunixsocketEnd(role)),
                    chagres("unix-seqpacket", role -> new UnixSeqPacketEnd(role)),
                    callLayer("unix-seqpacket", role -> new UnixSeqPacketCallEnd(role)),
                    junixsocket("unix-seqpacket", role -> new UnixSeqPacketJunixsocketEnd(role)),
                    jdk("tcp", role -> new TcpJdkEnd(role)),
                    jdk("udp", role -> new UdpJdkEnd(role)));

    /** The constructor of an {@link End}. */
    interface Maker {

        /** Makes an end, and nothing in the system yet. */
        End make(Role role);
    }

    private static JavaEnd chagres(String mechanism, Maker maker) {
        return new JavaEnd(mechanism, "chagres", maker, "io.chagres.Ipc", false);
    }

    private static JavaEnd callLayer(String mechanism, Maker maker) {
        return new JavaEnd(mechanism, "chagres-call", maker, "io.chagres.posix.Unistd", false);
    }

    private static JavaEnd jdk(String mechanism, Maker maker) {
        return new JavaEnd(mechanism, "jdk", maker, "java.lang.Object", false);
    }

    private static JavaEnd inOneProcess(String mechanism, Maker maker) {
        return new JavaEnd(mechanism, "jdk", maker, "java.lang.Object", true);
    }

    private static JavaEnd junixsocket(String mechanism, Maker maker) {
        String needs = "org.newsclub.net.unix.AFUNIXSocketChannel";
        return new JavaEnd(mechanism, "junixsocket", maker, needs, false);
    }

    /** What does the job of shared memory. */
    private static JavaEnd peer(String contender, Maker maker, String needs) {
        return new JavaEnd(SHARED_MEMORY, contender, maker, needs, false);
    }

    /** The same between threads. */
    private static JavaEnd reference(String contender, Maker maker, String needs) {
        return new JavaEnd(SHARED_MEMORY, contender, maker, needs, true);
    }

    /** The one of these ids. */
    static JavaEnd of(String mechanism, String contender) {
        return ALL.stream()
                .filter(e -> e.mechanism.equals(mechanism) && e.contender.equals(contender))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the library that it measures is there. */
    public boolean isPresent() {
        try {
            for (String each : needs.split(",", -1)) {
                Class.forName(each, false, JavaEnd.class.getClassLoader());
            }
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
