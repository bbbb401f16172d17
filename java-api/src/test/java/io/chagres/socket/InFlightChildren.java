// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.Borrowable;
import io.chagres.LimitExceededException;
import io.chagres.posix.Resource;
import io.chagres.posix.Rlimit;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;

/** Second processes with too many descriptors on their way. Without a library of tests. */
final class InFlightChildren {

    private static final int LIMIT = 200;

    private InFlightChildren() {}

    /** The kernel counts what a user has sent and nobody has received yet. */
    static final class SendsUntilRefused {

        private static final MemorySegment MESSAGE = MemorySegment.ofArray(new byte[1]);

        public static void main(String[] args) throws Exception {
            ClassPath.load();
            limit();
            try (SocketPair<UnixSocketChannel> streams = UnixSocketChannel.pair();
                    SocketPair<UnixSeqPacketChannel> records = UnixSeqPacketChannel.pair()) {
                Borrowable handle = streams.first();
                Envelope many = Envelope.empty().withDescriptors(Collections.nCopies(50, handle));
                int sent = 0;
                try {
                    while (true) {
                        streams.first().write(MESSAGE, many);
                        sent++;
                    }
                } catch (LimitExceededException e) {
                    report("stream", e);
                }
                try {
                    records.first().send(MESSAGE, many);
                } catch (LimitExceededException e) {
                    report("record", e);
                }
                for (int i = 0; i < sent; i++) {
                    streams.second().read(MESSAGE);
                }
                records.first().send(MESSAGE, many);
                System.out.println("and when some were received it goes on");
            }
        }

        private static void limit() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment limit = arena.allocate(Rlimit.LAYOUT);
                Resource.getrlimit(Resource.RLIMIT_NOFILE, limit);
                Rlimit.rlim_cur(limit, LIMIT);
                Resource.setrlimit(Resource.RLIMIT_NOFILE, limit);
            }
        }

        private static void report(String what, LimitExceededException e) {
            System.out.println(
                    what
                            + " "
                            + e.operation()
                            + " "
                            + e.symbol()
                            + " "
                            + e.limit()
                            + " "
                            + e.value());
        }
    }
}
