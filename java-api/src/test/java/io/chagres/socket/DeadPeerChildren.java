// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.PeerGoneException;
import io.chagres.posix.Sigaction;
import io.chagres.posix.Signals;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Second processes that write to peers that are gone. */
final class DeadPeerChildren {

    private static final int SIGPIPE = 13;

    private DeadPeerChildren() {}

    private interface Write {
        void to(SocketPair<UnixSocketChannel> streams, MemorySegment message) throws Exception;
    }

    /**
     * Arguments: how often, {@code virtual} or {@code platform}. It would die of a SIGPIPE. Prints
     * how many writes told that the peer is gone, and by how much descriptors and resident memory
     * have grown.
     */
    static final class WritesToTheDead {

        private final SocketPair<UnixSocketChannel> streams = UnixSocketChannel.pair();
        private final SocketPair<UnixSeqPacketChannel> records = UnixSeqPacketChannel.pair();
        private final UnixDatagramChannel datagrams = UnixDatagramChannel.open();
        private final MemorySegment message = Arena.ofAuto().allocate(100);
        private final MemorySegment onHeap = MemorySegment.ofArray(new byte[100]);
        private final Envelope envelope = Envelope.of(streams.first());
        private final Envelope nobody =
                envelope.withDestination(UnixAddress.ofAbstract("chagres-test-nobody"));
        private final List<Write> writes =
                List.of(
                        (s, m) -> s.first().write(m),
                        (s, m) -> s.first().write(onHeap),
                        (s, m) -> s.first().tryWrite(m),
                        (s, m) -> s.first().write(m, envelope),
                        (s, m) -> records.first().send(m),
                        (s, m) -> records.first().send(m, envelope),
                        (s, m) -> datagrams.trySend(m, nobody),
                        (s, m) -> datagrams.send(m, nobody));

        private WritesToTheDead() throws Exception {
            streams.second().close();
            records.second().close();
        }

        public static void main(String[] args) throws Exception {
            dieOfSigpipe();
            WritesToTheDead dead = new WritesToTheDead();
            int times = Integer.parseInt(args[0]);
            boolean virtual = args[1].equals("virtual");
            Thread thread =
                    virtual
                            ? Thread.ofVirtual().unstarted(() -> dead.run(times))
                            : Thread.ofPlatform().unstarted(() -> dead.run(times));
            thread.start();
            thread.join();
        }

        private void run(int times) {
            try {
                write(times / 10 + 1);
                System.gc();
                long descriptors = descriptors();
                long memory = residentKibibytes();
                int gone = write(times);
                System.gc();
                System.out.println("gone " + gone);
                System.out.println("descriptors " + (descriptors() - descriptors));
                System.out.println("KiB " + (residentKibibytes() - memory));
            } catch (Exception e) {
                System.out.println("failed " + e);
            }
        }

        private int write(int times) throws Exception {
            int gone = 0;
            for (int i = 0; i < times; i++) {
                try {
                    writes.get(i % writes.size()).to(streams, message);
                } catch (PeerGoneException e) {
                    gone += e.transferred() == 0 ? 1 : 0;
                }
            }
            return gone;
        }

        private static void dieOfSigpipe() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment action = arena.allocate(Sigaction.LAYOUT);
                Sigaction.sa_handler(action, Signals.SIG_DFL);
                Signals.sigaction(SIGPIPE, action, MemorySegment.NULL);
            }
        }

        private static long descriptors() throws Exception {
            try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
                return all.count();
            }
        }

        private static long residentKibibytes() throws Exception {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    /** Argument: a path. Connects, reads so many bytes of each line it gets, and tells. */
    static final class ReadsALittle {
        public static void main(String[] args) throws Exception {
            try (UnixSocketChannel channel = UnixSocketChannel.connect(UnixAddress.of(args[0]))) {
                byte[] some = new byte[Integer.parseInt(args[1])];
                channel.readFully(some);
                System.out.println("read " + some.length);
                System.in.read();
            }
        }
    }
}
