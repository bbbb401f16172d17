// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.posix.Fcntl;
import java.io.IOException;

/** A ring each way in memory without a name over the call layer. */
final class MemfdCallEnd extends RingEnd {

    private int there;
    private int back;

    MemfdCallEnd(Role role) {
        super(role);
    }

    @Override
    void create() throws IOException {
        there = SharedObjects.createNameless(Ring.bytes(size));
        back = SharedObjects.createNameless(Ring.bytes(size));
    }

    @Override
    void join() throws IOException {
        if (!role.driver()) {
            there = Calls.open(role.names().there(), Fcntl.O_RDWR);
            back = Calls.open(role.names().back(), Fcntl.O_RDWR);
        }
        use(SharedObjects.map(there, Ring.bytes(size)), SharedObjects.map(back, Ring.bytes(size)));
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    String peerName() {
        return new Names(Calls.link(there), Calls.link(back)).toString();
    }
}
