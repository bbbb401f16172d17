// SPDX-License-Identifier: Apache-2.0
package io.chagres.pipe;

import io.chagres.BorrowedDescriptor;
import io.chagres.IpcException;
import io.chagres.event.Pollable;
import io.chagres.posix.Fcntl;
import io.chagres.test.Caller;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Both ends of an open pipe, however it was opened. */
record Ends(PipeSource source, PipeSink sink) implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(30);

    /** The ways to come by a pipe. */
    enum Kind {
        ANONYMOUS {
            @Override
            Ends open() throws IpcException {
                AnonymousPipe pipe = AnonymousPipe.open();
                return new Ends(pipe.source(), pipe.sink());
            }
        },
        FIFO {
            @Override
            Ends open() throws Exception {
                Path folder = Files.createTempDirectory("chagres-fifo");
                Path path = folder.resolve("fifo");
                Fifo.create(path);
                try {
                    return ofFifo(path);
                } finally {
                    Fifo.unlink(path);
                    Files.delete(folder);
                }
            }
        },
        /** Opened again through /proc, as a pipe from others may be. */
        ADOPTED {
            @Override
            Ends open() throws IpcException {
                try (AnonymousPipe pipe = AnonymousPipe.open()) {
                    return new Ends(
                            PipeSource.adopt(again(pipe.source(), Fcntl.O_RDONLY)),
                            PipeSink.adopt(again(pipe.sink(), Fcntl.O_WRONLY)));
                }
            }

            private static int again(Pollable end, int access) throws IpcException {
                try (BorrowedDescriptor fd = end.borrow();
                        Arena arena = Arena.ofConfined()) {
                    return Fcntl.open(arena.allocateFrom("/proc/self/fd/" + fd.fd()), access, 0);
                }
            }
        };

        abstract Ends open() throws Exception;
    }

    /** Opens both ends of a FIFO. */
    static Ends ofFifo(Path path) throws Exception {
        Caller<PipeSource> source = Caller.start(() -> Fifo.openSource(path, PATIENCE));
        PipeSink sink = Fifo.openSink(path, PATIENCE);
        return new Ends(source.result(), sink);
    }

    /** Fills the pipe; returns the bytes that went in. */
    long fill() throws IpcException {
        byte[] packet = new byte[4096];
        long all = 0;
        long count = sink.tryWrite(packet);
        while (count > 0) {
            all += count;
            count = sink.tryWrite(packet);
        }
        return all;
    }

    @Override
    public void close() throws IpcException {
        try {
            sink.close();
        } finally {
            source.close();
        }
    }
}
