// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.CallState;
import io.chagres.posix.Fcntl;
import io.chagres.posix.MqAttr;
import io.chagres.posix.Mqueue;
import io.chagres.posix.Syscalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A queue each way over the call layer. */
final class PosixMqCallEnd extends End {

    private static final int OWNER_ONLY = 0600;

    private final CallState state = new CallState();
    private final Names names;
    private int to;
    private int from;

    PosixMqCallEnd(Role role) {
        super(role);
        names = role.names().posix();
    }

    @Override
    void create() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(MqAttr.LAYOUT);
            MqAttr.mq_maxmsg(attributes, PosixMqEnd.DEPTH);
            MqAttr.mq_msgsize(attributes, size);
            int flags = Fcntl.O_RDWR | Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_CLOEXEC;
            Mqueue.mq_close(open(names.there(), flags, attributes));
            Mqueue.mq_close(open(names.back(), flags, attributes));
        }
    }

    private static int open(String name, int flags, MemorySegment attributes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return Calls.check(
                    name, Mqueue.mq_open(arena.allocateFrom(name), flags, OWNER_ONLY, attributes));
        }
    }

    @Override
    void join() throws IOException {
        boolean driver = role.driver();
        to = open(names.to(driver), Fcntl.O_WRONLY | Fcntl.O_CLOEXEC, MemorySegment.NULL);
        from = open(names.from(driver), Fcntl.O_RDONLY | Fcntl.O_CLOEXEC, MemorySegment.NULL);
    }

    @Override
    void removeNames() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Calls.check("mq_unlink", Mqueue.mq_unlink(arena.allocateFrom(names.there())));
            Calls.check("mq_unlink", Mqueue.mq_unlink(arena.allocateFrom(names.back())));
        }
    }

    @Override
    void send() throws IOException {
        Calls.check("mq_send", Syscalls.mq_timedsend(state, to, message, size, 0, 0));
    }

    @Override
    void receive() throws IOException {
        Calls.check("mq_receive", Syscalls.mq_timedreceive(state, from, answer, size, 0, 0));
    }
}
