// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.lang.foreign.MemorySegment;

/** A ring in shared memory each way. */
abstract class RingEnd extends End {

    @SuppressWarnings("NullAway.Init") // by use
    private Ring to;

    @SuppressWarnings("NullAway.Init")
    private Ring from;

    RingEnd(Role role) {
        super(role);
    }

    /** Uses these from now on, each of {@link Ring#bytes}. */
    final void use(MemorySegment there, MemorySegment back) {
        to = new Ring(role.driver() ? there : back, role);
        from = new Ring(role.driver() ? back : there, role);
    }

    @Override
    final void send() {
        to.put(message);
    }

    @Override
    final void receive() {
        from.take(answer);
    }
}
