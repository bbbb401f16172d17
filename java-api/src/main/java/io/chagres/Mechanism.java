// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** The ways to talk to another process that Chagres has. */
public enum Mechanism {
    /** POSIX message queues: {@link io.chagres.mq.MessageQueue}. */
    POSIX_MQ("posix-mq"),
    /** POSIX shared memory objects: {@link io.chagres.shm.SharedMemory#create}. */
    POSIX_SHM("posix-shm"),
    /** Shared memory without a name: {@link io.chagres.shm.SharedMemory#anonymous}. */
    MEMFD("memfd"),
    /** POSIX named semaphores: {@link io.chagres.sync.NamedSemaphore}. */
    POSIX_SEM("posix-sem"),
    /** Pipes without a name: {@link io.chagres.pipe.AnonymousPipe}. */
    ANONYMOUS_PIPE("anonymous-pipe"),
    /** Pipes with a path: {@link io.chagres.pipe.Fifo}. */
    FIFO("fifo"),
    /** Unix domain stream sockets: {@link io.chagres.socket.UnixSocketChannel}. */
    UNIX_STREAM("unix-stream"),
    /** Unix domain datagram sockets: {@link io.chagres.socket.UnixDatagramChannel}. */
    UNIX_DATAGRAM("unix-datagram"),
    /** Unix domain sequenced-packet sockets: {@link io.chagres.socket.UnixSeqPacketChannel}. */
    UNIX_SEQPACKET("unix-seqpacket"),
    /**
     * Stream sockets between virtual machines and their host: {@link
     * io.chagres.socket.VsockChannel}. Supported where the kernel has a transport; to a process of
     * the same machine only where that is the loopback.
     */
    VSOCK("vsock");

    private final String id;

    Mechanism(String id) {
        this.id = id;
    }

    /** {@return the name that the command line and its JSON use, such as {@code posix-mq}} */
    public String id() {
        return id;
    }
}
