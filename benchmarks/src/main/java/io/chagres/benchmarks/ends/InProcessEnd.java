// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.util.function.IntFunction;

/** Two threads with a {@link Lane} each way. */
final class InProcessEnd extends PollingEnd {

    private final Lane to;
    private final Lane from;

    /**
     * The driver's.
     *
     * @param lanes makes one for messages of a size
     */
    InProcessEnd(Role role, IntFunction<Lane> lanes) {
        this(role, lanes.apply(role.size()), lanes.apply(role.size()));
    }

    private InProcessEnd(Role role, Lane to, Lane from) {
        super(role);
        this.to = to;
        this.from = from;
    }

    @Override
    End twin() {
        return new InProcessEnd(new Role(role.name(), false, size), from, to);
    }

    @Override
    void create() {
        // the constructor has
    }

    @Override
    void join() {
        // both have them already
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    boolean offer() {
        return to.offer(message);
    }

    @Override
    int poll(int limit) {
        return from.poll(answer, limit);
    }
}
