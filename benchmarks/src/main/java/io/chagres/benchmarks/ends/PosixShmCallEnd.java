// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;

/** A ring each way in POSIX shared memory over the call layer. */
final class PosixShmCallEnd extends RingEnd {

    private final Names names;

    PosixShmCallEnd(Role role) {
        super(role);
        names = role.names().posix();
    }

    @Override
    void create() throws IOException {
        SharedObjects.create(names.there(), Ring.bytes(size));
        SharedObjects.create(names.back(), Ring.bytes(size));
    }

    @Override
    void join() throws IOException {
        use(
                SharedObjects.map(names.there(), Ring.bytes(size)),
                SharedObjects.map(names.back(), Ring.bytes(size)));
    }

    @Override
    void removeNames() throws IOException {
        SharedObjects.unlink(names.there());
        SharedObjects.unlink(names.back());
    }
}
