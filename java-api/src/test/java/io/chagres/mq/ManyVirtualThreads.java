// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.MessageInfo;
import io.chagres.pipe.AnonymousPipe;
import io.chagres.pipe.Fifo;
import io.chagres.pipe.PipeSink;
import io.chagres.pipe.PipeSource;
import io.chagres.sync.NamedSemaphore;
import io.chagres.test.Delays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The process of {@link ManyVirtualThreadsStressTest}. Its argument is a folder for FIFOs. */
final class ManyVirtualThreads {

    private static final int OF_EACH_KIND = 125;
    private static final int WAITERS = 4;

    private interface Action {
        void run() throws Exception;
    }

    private final AtomicInteger served = new AtomicInteger();
    private final List<Thread> waiting = new ArrayList<>();
    private final List<Action> wakes = new ArrayList<>();
    private final List<AutoCloseable> handles = new ArrayList<>();

    private ManyVirtualThreads() {}

    public static void main(String[] args) throws Exception {
        Delays alone = probe();
        ManyVirtualThreads many = new ManyVirtualThreads();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            many.queue(i);
            many.pipe();
            many.fifo(Path.of(args[0], "fifo-" + i));
            many.semaphore(i);
        }
        many.awaitParked();
        System.out.println("waiting " + many.waiting.size() + " on " + many.wakes.size());
        Delays beside = probe();
        System.out.println(beside.millis(1) - alone.millis(1) + " " + osThreads());
        for (Action wake : many.wakes) {
            wake.run();
        }
        for (Thread thread : many.waiting) {
            thread.join();
        }
        System.out.println("served " + many.served);
        for (AutoCloseable handle : many.handles) {
            handle.close();
        }
    }

    /** How late a virtual thread is that sleeps. */
    private static Delays probe() throws InterruptedException {
        List<Delays> result = new ArrayList<>();
        Thread.ofVirtual().start(() -> result.add(Delays.ofSleeps(300, 5_000_000))).join();
        return result.get(0);
    }

    private static long osThreads() throws Exception {
        try (java.util.stream.Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.count();
        }
    }

    private void queue(int number) throws Exception {
        String name = "/chagres-test-many-" + number;
        MessageQueue queue = MessageQueue.create(name, Queues.options(4, 8));
        MessageQueue.unlink(name);
        handles.add(queue);
        wait(() -> queue.receive(new byte[8], new MessageInfo()));
        wakes.add(() -> times(() -> queue.send(new byte[1], 0)));
    }

    private void pipe() throws Exception {
        AnonymousPipe pipe = AnonymousPipe.open();
        handles.add(pipe);
        pipe(pipe.source(), pipe.sink());
    }

    private void fifo(Path path) throws Exception {
        Fifo.create(path);
        CountDownLatch opened = new CountDownLatch(1);
        PipeSink[] sink = new PipeSink[1];
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                sink[0] = Fifo.openSink(path);
                            } catch (Exception e) {
                                System.out.println("failed: " + e);
                            }
                            opened.countDown();
                        });
        PipeSource source = Fifo.openSource(path);
        opened.await();
        Fifo.unlink(path);
        handles.add(source);
        handles.add(sink[0]);
        pipe(source, sink[0]);
    }

    private void pipe(PipeSource source, PipeSink sink) {
        wait(() -> source.read(new byte[1]));
        wakes.add(() -> times(() -> sink.write(new byte[1])));
    }

    private void semaphore(int number) throws Exception {
        String name = "/chagres-test-many-" + ProcessHandle.current().pid() + "-" + number;
        NamedSemaphore semaphore = NamedSemaphore.create(name, 0);
        NamedSemaphore.unlink(name);
        handles.add(semaphore);
        wait(semaphore::acquire);
        wakes.add(() -> times(semaphore::release));
    }

    private static void times(Action action) throws Exception {
        for (int i = 0; i < WAITERS; i++) {
            action.run();
        }
    }

    private void wait(Action action) {
        for (int i = 0; i < WAITERS; i++) {
            waiting.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            action.run();
                                            served.incrementAndGet();
                                        } catch (Exception e) {
                                            System.out.println("failed: " + e);
                                        }
                                    }));
        }
    }

    private void awaitParked() throws InterruptedException {
        for (Thread thread : waiting) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
        }
    }
}
