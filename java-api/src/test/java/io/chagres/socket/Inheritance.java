// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.chagres.MessageInfo;
import io.chagres.event.Poller;
import io.chagres.event.Readiness;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens sockets in every way, starts children meanwhile, and looks at what they have. The JDK
 * closes what a child of its own would inherit; another library's children would get whatever is
 * not close-on-exec, so that is looked at too, in the very instants in which sockets are made.
 */
final class Inheritance {

    private static final long CLOSE_ON_EXEC = 02000000; // O_CLOEXEC, in fdinfo

    private final Path folder;
    private final Set<String> before;
    private volatile boolean over;

    private Inheritance(Path folder) throws IOException {
        this.folder = folder;
        this.before = openFiles();
    }

    static void start(Path folder, int children) throws Exception {
        new Inheritance(folder).run(children);
    }

    private void run(int children) throws Exception {
        List<FutureTask<Long>> working = new ArrayList<>();
        for (Callable<Long> each : List.<Callable<Long>>of(this::accept, this::pass, this::look)) {
            FutureTask<Long> task = new FutureTask<>(each);
            Thread.ofPlatform().daemon().start(task);
            working.add(task);
        }
        for (int i = 0; i < children; i++) {
            assertThat(inherited()).isEmpty();
        }
        over = true;
        for (FutureTask<Long> each : working) {
            assertThat(each.get()).isPositive();
        }
    }

    /** What a child has beside its three streams and the folder that it lists. */
    private static List<String> inherited() throws Exception {
        Process child = new ProcessBuilder("ls", "-l", "/proc/self/fd").start();
        String listing = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.getErrorStream().readAllBytes();
        assertThat(child.waitFor()).isZero();
        child.getErrorStream().close();
        child.getOutputStream().close();
        child.getInputStream().close();
        return listing.lines()
                .filter(line -> line.contains(" -> "))
                .map(line -> line.replaceFirst(".* (\\d+ -> .*)", "$1"))
                .filter(entry -> !entry.matches("[012] -> pipe:.*|\\d+ -> /proc/\\d+/fd"))
                .toList();
    }

    private long accept() throws Exception {
        long count = 0;
        UnixAddress address = UnixAddress.of(folder.resolve("server"));
        for (; !over; count++) {
            try (UnixServerChannel server = UnixServerChannel.bind(address);
                    UnixSocketChannel client = UnixSocketChannel.connect(address);
                    UnixSocketChannel accepted = server.accept();
                    Poller poller = Poller.open();
                    Poller.Registration r =
                            poller.register(accepted, Set.of(Readiness.READABLE), ready -> {})) {
                client.peerCredentials();
                client.peerProcess();
            }
        }
        return count;
    }

    private long pass() throws Exception {
        long count = 0;
        MessageInfo info = MessageInfo.forDescriptors(9);
        MemorySegment message = MemorySegment.ofArray(new byte[1]);
        for (; !over; count++) {
            try (SocketPair<UnixDatagramChannel> datagrams = UnixDatagramChannel.pair();
                    SocketPair<UnixSeqPacketChannel> records = UnixSeqPacketChannel.pair();
                    SocketPair<UnixSocketChannel> streams = UnixSocketChannel.pair()) {
                Envelope both = Envelope.of(streams.first(), records.first());
                datagrams.first().send(message, both);
                records.first().send(message, both);
                streams.first().write(message, both);
                datagrams.second().receive(message, info);
                records.second().receive(message, info);
                streams.second().read(message, info);
            } finally {
                info.closeDescriptors();
            }
        }
        return count;
    }

    /** Looks at all descriptors that have been opened since, over and over. */
    private long look() throws Exception {
        long looked = 0;
        while (!over) {
            for (Path each : list()) {
                String target = target(each);
                long flags = flags(each);
                boolean same = !target.isEmpty() && target.equals(target(each)); // not a successor
                if (same && isOurs(target) && flags >= 0) {
                    looked++;
                    assertThat(flags & CLOSE_ON_EXEC)
                            .as("close-on-exec of " + target)
                            .isEqualTo(CLOSE_ON_EXEC);
                }
            }
        }
        return looked;
    }

    private boolean isOurs(String target) {
        boolean kind =
                target.startsWith("socket:")
                        || target.startsWith("anon_inode:")
                        || target.startsWith(folder.toString());
        return kind && !before.contains(target);
    }

    private static Set<String> openFiles() throws IOException {
        return list().stream().map(Inheritance::target).collect(Collectors.toSet());
    }

    private static List<Path> list() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed since
        }
    }

    private static long flags(Path descriptor) {
        try {
            String name = descriptor.getFileName().toString();
            return Files.readAllLines(Path.of("/proc/self/fdinfo", name)).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .mapToLong(line -> Long.parseLong(line.substring(6).strip(), 8))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1; // closed since
        }
    }
}
