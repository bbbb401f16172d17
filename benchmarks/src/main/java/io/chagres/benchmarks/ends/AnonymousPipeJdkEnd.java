// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.IOException;
import java.nio.channels.Pipe;

/** A {@link Pipe} each way. The JDK gives another process no end of one: both are threads here. */
final class AnonymousPipeJdkEnd extends ChannelEnd {

    private Pipe there;
    private Pipe back;

    @SuppressWarnings("NullAway") // before create there is none
    AnonymousPipeJdkEnd(Role role) {
        this(role, null, null);
    }

    private AnonymousPipeJdkEnd(Role role, Pipe there, Pipe back) {
        super(role);
        this.there = there;
        this.back = back;
    }

    @Override
    void create() throws IOException {
        there = Pipe.open();
        back = Pipe.open();
    }

    @Override
    End twin() {
        return new AnonymousPipeJdkEnd(new Role(role.name(), false, size), there, back);
    }

    @Override
    void join() {
        if (role.driver()) {
            use(there.sink(), back.source());
        } else {
            use(back.sink(), there.source());
        }
    }

    @Override
    void removeNames() {
        // there are none
    }
}
