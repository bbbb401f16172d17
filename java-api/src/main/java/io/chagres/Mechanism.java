// SPDX-License-Identifier: Apache-2.0
package io.chagres;

/** The ways to talk to another process that Chagres has. */
public enum Mechanism {
    /** POSIX message queues: {@link io.chagres.mq.MessageQueue}. */
    POSIX_MQ("posix-mq"),

    /** POSIX named semaphores: {@link io.chagres.sync.NamedSemaphore}. */
    POSIX_SEM("posix-sem"),

    /** Pipes without a name: {@link io.chagres.pipe.AnonymousPipe}. */
    ANONYMOUS_PIPE("anonymous-pipe"),
    /** Pipes with a name in the file system: {@link io.chagres.pipe.Fifo}. */
    FIFO("fifo");

    private final String id;

    Mechanism(String id) {
        this.id = id;
    }

    /** {@return the name that the command line and its JSON use, such as {@code posix-mq}} */
    public String id() {
        return id;
    }
}
