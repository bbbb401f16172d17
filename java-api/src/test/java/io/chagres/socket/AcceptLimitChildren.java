// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.LimitExceededException;
import io.chagres.posix.Fcntl;
import io.chagres.posix.Unistd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Second processes that accept until no descriptor is left. */
final class AcceptLimitChildren {

    private AcceptLimitChildren() {}

    /** Arguments: a path, {@code virtual} or {@code platform}. */
    static final class AcceptsUntilRefused {

        private final Deque<Integer> filling = new ArrayDeque<>();
        private final Arena arena = Arena.ofShared();
        private final MemorySegment root = arena.allocateFrom("/");
        private final UnixServerChannel server;

        private AcceptsUntilRefused(String path) throws Exception {
            server = UnixServerChannel.bind(UnixAddress.of(path));
        }

        public static void main(String[] args) throws Exception {
            AcceptsUntilRefused child = new AcceptsUntilRefused(args[0]);
            FutureTask<Void> task =
                    new FutureTask<>(
                            () -> {
                                child.run();
                                return null;
                            });
            if (args[1].equals("virtual")) {
                Thread.ofVirtual().start(task);
            } else {
                Thread.ofPlatform().start(task);
            }
            task.get();
        }

        private void run() throws Exception {
            load();
            System.in.read(); // the clients are in the backlog
            fill();
            for (int i = 0; i < 3; i++) {
                refused();
            }
            System.out.println("ticks " + ticksWhileNothingHappens());
            int accepted = 0;
            List<UnixSocketChannel> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Unistd.close(filling.pop());
                all.add(server.accept());
                accepted++;
                refused();
            }
            for (UnixSocketChannel each : all) {
                byte[] name = new byte[1];
                each.read(name);
                each.write(name);
                each.close();
            }
            System.out.println("accepted " + accepted);
            System.in.read();
        }

        /** Of the processor, of the library's threads, while connections wait: hundredths. */
        private long ticksWhileNothingHappens() throws Exception {
            long before = ticks();
            Thread.sleep(500);
            return ticks() - before;
        }

        private long ticks() throws Exception {
            for (int i = 0; i < 4; i++) { // to look with
                Unistd.close(filling.pop());
            }
            long sum = 0;
            try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                for (Path each : tasks.toList()) {
                    String stat = Files.readString(each.resolve("stat"));
                    String[] fields = stat.substring(stat.indexOf(") ") + 2).split(" ", -1);
                    if (stat.contains("(chagres")) {
                        sum += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
                    }
                }
            }
            fill();
            return sum;
        }

        private void refused() throws Exception {
            try {
                server.accept().close();
                System.out.println("not refused");
            } catch (LimitExceededException e) {
                System.out.println(
                        e.operation() + " " + e.symbol() + " " + e.limit() + " " + e.value());
            }
        }

        /** What is needed later takes no descriptor then. */
        private void load() throws Exception {
            ClassPath.load();
            fill();
            ticks(); // which needs some of the JDK's
            emptyAll();
            UnixSocketChannel client = UnixSocketChannel.connect(server.localAddress());
            server.accept().close();
            client.close();
            if (server.tryAccept().isPresent()) {
                System.out.println("one too many");
            }
            Thread waiting = Thread.currentThread();
            Thread.ofPlatform().daemon().start(waiting::interrupt);
            try {
                server.accept().close();
            } catch (InterruptedException e) {
                System.out.println("loaded"); // and what parks a virtual thread is open
            }
        }

        private void emptyAll() {
            while (!filling.isEmpty()) {
                Unistd.close(filling.pop());
            }
        }

        private void fill() {
            for (int fd = open(); fd >= 0; fd = open()) {
                filling.push(fd);
            }
        }

        private int open() {
            return Fcntl.open(root, Fcntl.O_PATH | Fcntl.O_CLOEXEC, 0);
        }
    }
}
