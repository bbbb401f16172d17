// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.Fcntl;
import io.chagres.posix.Semaphores;
import java.io.IOException;
import java.lang.foreign.Arena;

/** {@link PosixSemEnd} over the call layer. */
final class PosixSemCallEnd extends End {

    private static final int OWNER_ONLY = 0600;

    private final Names names;

    @SuppressWarnings("NullAway.Init") // by join
    private Way to;

    @SuppressWarnings("NullAway.Init")
    private Way from;

    /** With the addresses of its semaphores. */
    private record Way(Slots slots, long full, long free) {}

    PosixSemCallEnd(Role role) {
        super(role);
        names = role.names().posix();
    }

    @Override
    void create() throws IOException {
        for (String name : names.both()) {
            SharedObjects.create(name, Slots.bytes(size));
            create(PosixSemEnd.full(name), 0);
            create(PosixSemEnd.free(name), Slots.FREE);
        }
    }

    private static void create(String name, int value) throws IOException {
        Semaphores.sem_close(open(name, Fcntl.O_CREAT | Fcntl.O_EXCL, value));
    }

    private static long open(String name, int flags, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return Calls.address(
                    name, Semaphores.sem_open(arena.allocateFrom(name), flags, OWNER_ONLY, value));
        }
    }

    @Override
    void join() throws IOException {
        to = open(names.to(role.driver()));
        from = open(names.from(role.driver()));
    }

    private Way open(String name) throws IOException {
        return new Way(
                new Slots(SharedObjects.map(name, Slots.bytes(size)), size),
                open(PosixSemEnd.full(name), 0, 0),
                open(PosixSemEnd.free(name), 0, 0));
    }

    @Override
    void removeNames() throws IOException {
        for (String name : names.both()) {
            SharedObjects.unlink(name);
            unlink(PosixSemEnd.full(name));
            unlink(PosixSemEnd.free(name));
        }
    }

    private static void unlink(String name) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Calls.check(name, Semaphores.sem_unlink(arena.allocateFrom(name)));
        }
    }

    @Override
    void send() throws IOException {
        to.slots.put(message);
        Calls.check("sem_post", Semaphores.sem_post(to.full));
    }

    @Override
    void receive() throws IOException {
        Calls.check("sem_wait", Semaphores.sem_wait(from.full));
        from.slots.take(answer);
    }

    @Override
    void sendNext() throws IOException {
        Calls.check("sem_wait", Semaphores.sem_wait(to.free));
        send();
    }

    @Override
    void receiveNext() throws IOException {
        receive();
        Calls.check("sem_post", Semaphores.sem_post(from.free));
    }
}
