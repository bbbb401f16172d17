// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Streams of bytes over the call layer. */
abstract class StreamCallEnd extends End {

    StreamCallEnd(Role role) {
        super(role);
    }

    /** One call; the count or the negated errno. */
    abstract long write(MemorySegment bytes, long count);

    /** One call; the count, 0 at the end, or the negated errno. */
    abstract long read(MemorySegment bytes, long count);

    @Override
    final void send() throws IOException {
        long sent = write(message, size);
        if (sent != size) {
            sendRest(sent);
        }
    }

    private void sendRest(long first) throws IOException {
        long sent = Calls.check("write", first);
        while (sent < size) {
            MemorySegment rest = message.asSlice(sent);
            sent += Calls.check("write", write(rest, rest.byteSize()));
        }
    }

    @Override
    final void receive() throws IOException {
        long got = read(answer, size);
        if (got != size) {
            receiveRest(got);
        }
    }

    private void receiveRest(long first) throws IOException {
        long last = Calls.check("read", first);
        long got = last;
        while (got < size) {
            if (last == 0) {
                throw new EOFException("the other end is gone");
            }
            MemorySegment rest = answer.asSlice(got);
            last = Calls.check("read", read(rest, rest.byteSize()));
            got += last;
        }
    }
}
