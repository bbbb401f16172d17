// SPDX-License-Identifier: Apache-2.0
package io.chagres.cli.check;

import io.chagres.BorrowedDescriptor;
import io.chagres.Mechanism;
import io.chagres.event.Pollable;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two anonymous pipes, which the peer inherits under numbers that it is told. Java closes what is
 * beyond the standard streams in a child, so a shell opens them and becomes the peer.
 */
final class AnonymousPipeCheck implements MechanismCheck {

    private static final int REQUESTS = 8; // a shell knows numbers of one digit
    private static final int REPLIES = 9;

    @Override
    public Mechanism mechanism() {
        return Mechanism.ANONYMOUS_PIPE;
    }

    @Override
    public int maxMessage() {
        return PipeExchange.MAX_MESSAGE;
    }

    @Override
    public String note() {
        return "two inherited pipes, messages after their length";
    }

    @Override
    public Exchange create(String name) throws IOException {
        AnonymousPipe requests = AnonymousPipe.open();
        try {
            return new Driving(requests, AnonymousPipe.open());
        } catch (IOException e) {
            requests.close();
            throw e;
        }
    }

    @Override
    public Exchange join(String name) throws IOException {
        String[] numbers = name.split(",", -1);
        PipeSource requests = PipeSource.adopt(Integer.parseInt(numbers[0]));
        try {
            return new PipeExchange(requests, PipeSink.adopt(Integer.parseInt(numbers[1])));
        } catch (IOException e) {
            requests.close();
            throw e;
        }
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public void remove(String name) {
        // there is no name
    }

    private static final class Driving implements Exchange {
        private final AnonymousPipe requests;
        private final AnonymousPipe replies;
        private final PipeExchange exchange;

        Driving(AnonymousPipe requests, AnonymousPipe replies) {
            this.requests = requests;
            this.replies = replies;
            this.exchange = new PipeExchange(replies.source(), requests.sink());
        }

        @Override
        public String peerName(String name) {
            return REQUESTS + "," + REPLIES;
        }

        @Override
        public Process start(ProcessBuilder peer) throws IOException {
            String open =
                    REQUESTS
                            + "<"
                            + path(requests.source())
                            + " "
                            + REPLIES
                            + ">"
                            + path(replies.sink());
            List<String> command = new ArrayList<>();
            command.addAll(List.of("sh", "-c", "exec \"$@\" " + open, "sh"));
            command.addAll(peer.command());
            return peer.command(command).start();
        }

        private static String path(Pollable end) throws IOException {
            try (BorrowedDescriptor fd = end.borrow()) {
                return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd.fd();
            }
        }

        @Override
        public boolean send(MemorySegment message, Duration timeout)
                throws IOException, InterruptedException {
            leaveToPeer();
            return exchange.send(message, timeout);
        }

        @Override
        public int receive(MemorySegment buffer, Duration timeout)
                throws IOException, InterruptedException {
            leaveToPeer();
            return exchange.receive(buffer, timeout);
        }

        /** The peer has its own by now; only without these does its end show. */
        private void leaveToPeer() throws IOException {
            requests.source().close();
            replies.sink().close();
        }

        @Override
        public void close() throws IOException {
            try {
                requests.close();
            } finally {
                replies.close();
            }
        }
    }
}
