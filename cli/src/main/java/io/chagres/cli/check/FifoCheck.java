// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.Mechanism;
import io.chagres.NotFoundException;
import io.chagres.TimedOutException;
import io.chagres.pipe.Fifo;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two FIFOs among the temporary files: one for requests, one for replies. */
final class FifoCheck implements MechanismCheck {

    private interface Opening<T> {
        T open() throws IOException, InterruptedException;
    }

    @Override
    public Mechanism mechanism() {
        return Mechanism.FIFO;
    }

    @Override
    public int maxMessage() {
        return PipeExchange.MAX_MESSAGE;
    }

    @Override
    public String note() {
        return "two FIFOs, messages after their length";
    }

    @Override
    public Exchange create(String name) throws IOException {
        try {
            Fifo.create(requests(CheckFiles.path(name)));
            Fifo.create(replies(CheckFiles.path(name)));
            return new Driving(CheckFiles.path(name));
        } catch (IOException e) {
            remove(name);
            throw e;
        }
    }

    @Override
    public Exchange join(String name) throws IOException, InterruptedException {
        PipeSource requests = Fifo.openSource(requests(name));
        try {
            return new PipeExchange(requests, Fifo.openSink(replies(name)));
        } catch (IOException | InterruptedException e) {
            requests.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        return CheckFiles.names();
    }

    @Override
    public void remove(String name) throws IOException {
        unlinkIfThere(requests(CheckFiles.path(name)));
        unlinkIfThere(replies(CheckFiles.path(name)));
    }

    private static Path requests(String path) {
        return Path.of(path + ".requests");
    }

    private static Path replies(String path) {
        return Path.of(path + ".replies");
    }

    private static void unlinkIfThere(Path path) throws IOException {
        try {
            Fifo.unlink(path);
        } catch (NotFoundException e) {
            // removed already, which is what is wanted
        }
    }

    private static final class Driving implements Exchange {
        private final String path;
        private @Nullable PipeSink out;
        private @Nullable PipeSource in;
        private @Nullable PipeExchange exchange;

        Driving(String path) {
            this.path = path;
        }

        @Override
        public String peerName(String name) {
            return path;
        }

        /** Each side opens the requests first, and waits there for the other. */
        @Override
        public void meet(PeerProcess.Look peer) throws IOException, InterruptedException {
            PipeSink requests = opened(peer, () -> Fifo.openSink(requests(path), PeerProcess.LOOK));
            out = requests;
            PipeSource replies =
                    opened(peer, () -> Fifo.openSource(replies(path), PeerProcess.LOOK));
            in = replies;
            exchange = new PipeExchange(replies, requests);
        }

        private static <T> T opened(PeerProcess.Look peer, Opening<T> opening)
                throws IOException, InterruptedException {
            while (true) {
                try {
                    return opening.open();
                } catch (TimedOutException e) {
                    peer.requireInTime("open a FIFO");
                }
            }
        }

        private PipeExchange exchange() throws IOException {
            PipeExchange present = exchange;
            if (present == null) {
                throw new IOException("the peer has not opened the FIFOs");
            }
            return present;
        }

        @Override
        public boolean send(MemorySegment message, Duration timeout)
                throws IOException, InterruptedException {
            return exchange().send(message, timeout);
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout)
                throws IOException, InterruptedException {
            return exchange().receive(buffer, timeout);
        }

        @Override
        public void close() throws IOException {
            try {
                if (out != null) {
                    out.close();
                }
            } finally {
                if (in != null) {
                    in.close();
                }
            }
        }
    }
}
