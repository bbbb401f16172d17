// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import io.chagres.posix.Fcntl;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A pipe each way, whose ends the echo finds among the driver's descriptors. */
final class AnonymousPipeEnd extends StreamEnd {

    private @Nullable AnonymousPipe there;
    private @Nullable AnonymousPipe back;

    AnonymousPipeEnd(Role role) {
        super(role);
    }

    @Override
    void create() throws IpcException {
        there = AnonymousPipe.open();
        back = AnonymousPipe.open();
    }

    @Override
    void join() throws IOException {
        if (there != null && back != null) {
            use(there.sink(), back.source());
        } else {
            // The library has no way to open a link of /proc, and needs none.
            Names links = role.names();
            PipeSource from = PipeSource.adopt(Calls.open(links.there(), Fcntl.O_RDONLY));
            use(PipeSink.adopt(Calls.open(links.back(), Fcntl.O_WRONLY)), from);
        }
    }

    @Override
    void removeNames() {
        // there are none
    }

    @Override
    String peerName() throws IpcException {
        if (there == null || back == null) {
            throw new IllegalStateException("not created");
        }
        try (BorrowedDescriptor first = there.source().borrow();
                BorrowedDescriptor second = back.sink().borrow()) {
            return new Names(Calls.link(first.fd()), Calls.link(second.fd())).toString();
        }
    }
}
