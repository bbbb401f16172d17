// SPDX-License-Identifier: Apache-2.0
package io.chagres.socket;

import io.chagres.ClosedException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The process of {@link ManyVirtualThreadsTest} in which many wait. Arguments: how many, a folder.
 * Four tenths of them read streams and two tenths each receive datagrams, receive records, and
 * accept. All are served, wait again, and are ended by close.
 */
final class WaitingVirtualThreads {

    private static final int SERVERS = 4;

    private interface Action {
        void run() throws Exception;
    }

    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<Thread> waiting = new ArrayList<>();
    private final List<Action> operations = new ArrayList<>();
    private final List<Action> wakes = new ArrayList<>();
    private final List<AutoCloseable> handles = new ArrayList<>();

    private WaitingVirtualThreads() {}

    public static void main(String[] args) throws Exception {
        WaitingVirtualThreads all = new WaitingVirtualThreads();
        all.open(Integer.parseInt(args[0]), Path.of(args[1]));
        all.startAll();
        System.out.println("waiting " + all.waiting.size() + " threads " + osThreads());
        for (Action wake : all.wakes) {
            wake.run();
        }
        all.join();
        System.out.println("served " + all.served + " threads " + osThreads());
        all.startAll();
        for (AutoCloseable handle : all.handles) {
            handle.close();
        }
        all.join();
        System.out.println("closed " + all.closed + " threads " + osThreads());
    }

    private static long osThreads() throws Exception {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.count();
        }
    }

    private void open(int count, Path folder) throws Exception {
        int tenth = count / 10;
        for (int i = 0; i < 4 * tenth; i++) {
            SocketPair<UnixSocketChannel> pair = UnixSocketChannel.pair();
            handles.add(pair);
            operations.add(() -> expectOne(pair.first().read(new byte[2])));
            wakes.add(() -> pair.second().write(new byte[1]));
        }
        for (int i = 0; i < 2 * tenth; i++) {
            messages(UnixDatagramChannel.pair());
            messages(UnixSeqPacketChannel.pair());
        }
        for (int i = 0; i < SERVERS; i++) {
            UnixAddress address = UnixAddress.of(folder.resolve("server-" + i));
            UnixServerChannel server = UnixServerChannel.bind(address);
            handles.add(server);
            for (int j = i; j < 2 * tenth; j += SERVERS) {
                operations.add(() -> server.accept().close());
                wakes.add(() -> UnixSocketChannel.connect(address).close());
            }
        }
    }

    private void messages(SocketPair<? extends UnixMessageChannel> pair) {
        MemorySegment message = MemorySegment.ofArray(new byte[1]);
        handles.add(pair);
        operations.add(() -> expectOne(pair.first().receive(MemorySegment.ofArray(new byte[2]))));
        wakes.add(() -> pair.second().send(message));
    }

    private static void expectOne(long count) {
        if (count != 1) {
            throw new IllegalStateException(count + " bytes");
        }
    }

    private void startAll() throws InterruptedException {
        for (Action each : operations) {
            waiting.add(Thread.ofVirtual().start(() -> run(each)));
        }
        for (Thread thread : waiting) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
        }
    }

    private void run(Action operation) {
        try {
            operation.run();
            served.incrementAndGet();
        } catch (ClosedException e) {
            closed.incrementAndGet();
        } catch (Exception | Error e) {
            System.out.println("failed: " + e);
        }
    }

    private void join() throws InterruptedException {
        for (Thread thread : waiting) {
            thread.join();
        }
        waiting.clear();
    }
}
