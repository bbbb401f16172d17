// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.roundtrip;

import io.chagres.IpcException;
import io.chagres.sync.NamedSemaphore;

/** A semaphore each way; there are no data, a permit is the message. */
final class PosixSemEnd extends End {

    private final Names names;
    private final boolean driver;

    @SuppressWarnings("NullAway.Init") // by join
    private NamedSemaphore to;

    @SuppressWarnings("NullAway.Init")
    private NamedSemaphore from;

    PosixSemEnd(String name, boolean driver) {
        this.names = Names.of(name);
        this.driver = driver;
    }

    @Override
    void create() throws IpcException {
        NamedSemaphore.create(names.there(), 0).close();
        NamedSemaphore.create(names.back(), 0).close();
    }

    @Override
    void join() throws IpcException {
        to = NamedSemaphore.open(names.to(driver));
        from = NamedSemaphore.open(names.from(driver));
    }

    @Override
    void removeNames() throws IpcException {
        NamedSemaphore.unlink(names.there());
        NamedSemaphore.unlink(names.back());
    }

    @Override
    String peerName() {
        return names.toString();
    }

    @Override
    void send() throws IpcException {
        to.release();
    }

    @Override
    void receive() throws IpcException, InterruptedException {
        from.acquire();
    }
}
