// SPDX-License-Identifier: Apache-2.0
package io.chagres.benchmarks.ends;

import io.chagres.IpcException;
import io.chagres.pipe.Fifo;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** A FIFO each way as java.io opens it; only to make it, the JDK has no way. */
final class FifoJdkEnd extends End {

    private final byte[] sent;
    private final byte[] received;

    @SuppressWarnings("NullAway.Init") // by join
    private FileOutputStream to;

    @SuppressWarnings("NullAway.Init")
    private FileInputStream from;

    FifoJdkEnd(Role role) {
        this(role, new byte[role.size()], new byte[role.size()]);
    }

    private FifoJdkEnd(Role role, byte[] sent, byte[] received) {
        super(role, MemorySegment.ofArray(sent), MemorySegment.ofArray(received));
        this.sent = sent;
        this.received = received;
    }

    @Override
    void create() throws IpcException {
        Fifo.create(Path.of(role.names().there()));
        Fifo.create(Path.of(role.names().back()));
    }

    /** Both open the same one first: each open waits for the other's. */
    @Override
    void join() throws IOException {
        if (role.driver()) {
            to = new FileOutputStream(role.names().there());
            from = new FileInputStream(role.names().back());
        } else {
            from = new FileInputStream(role.names().there());
            to = new FileOutputStream(role.names().back());
        }
    }

    @Override
    void removeNames() throws IpcException {
        Fifo.unlink(Path.of(role.names().there()));
        Fifo.unlink(Path.of(role.names().back()));
    }

    @Override
    void send() throws IOException {
        to.write(sent);
    }

    @Override
    void receive() throws IOException {
        if (from.readNBytes(received, 0, size) != size) {
            throw new EOFException("the other end is gone");
        }
    }
}
