// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.IpcException;
import io.chagres.shm.Mapping;
import io.chagres.shm.SharedMemory;
import io.chagres.sync.NamedSemaphore;

/**
 * A few slots in shared memory each way, and two semaphores that count them: those that are full,
 * and those that are free for a stream. A round trip needs no other permission than the answer.
 */
final class PosixSemEnd extends End {

    private final Names names;

    @SuppressWarnings("NullAway.Init") // by join
    private Way to;

    @SuppressWarnings("NullAway.Init")
    private Way from;

    /** The mapping is kept, or it would be reported as a leak. */
    private record Way(Mapping mapping, Slots slots, NamedSemaphore full, NamedSemaphore free) {}

    PosixSemEnd(Role role) {
        super(role);
        names = role.names().posix();
    }

    static String full(String name) {
        return name + ".full";
    }

    static String free(String name) {
        return name + ".free";
    }

    @Override
    void create() throws IpcException {
        for (String name : names.both()) {
            SharedMemory.create(name, Slots.bytes(size)).close();
            NamedSemaphore.create(full(name), 0).close();
            NamedSemaphore.create(free(name), Slots.FREE).close();
        }
    }

    @Override
    void join() throws IpcException {
        to = open(names.to(role.driver()));
        from = open(names.from(role.driver()));
    }

    private Way open(String name) throws IpcException {
        Mapping mapping = PosixShmEnd.map(name);
        return new Way(
                mapping,
                new Slots(mapping.segment(), size),
                NamedSemaphore.open(full(name)),
                NamedSemaphore.open(free(name)));
    }

    @Override
    void removeNames() throws IpcException {
        for (String name : names.both()) {
            SharedMemory.unlink(name);
            NamedSemaphore.unlink(full(name));
            NamedSemaphore.unlink(free(name));
        }
    }

    @Override
    void send() throws IpcException {
        to.slots.put(message);
        to.full.release();
    }

    @Override
    void receive() throws IpcException, InterruptedException {
        from.full.acquire();
        from.slots.take(answer);
    }

    @Override
    void sendNext() throws IpcException, InterruptedException {
        to.free.acquire();
        send();
    }

    @Override
    void receiveNext() throws IpcException, InterruptedException {
        receive();
        from.free.release();
    }
}
