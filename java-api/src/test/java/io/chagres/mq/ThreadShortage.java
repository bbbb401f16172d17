// SPDX-License-Identifier: Apache-2.0
package io.chagres.mq;

import io.chagres.LimitExceededException;
import io.chagres.MessageInfo;
import io.chagres.sync.NamedSemaphore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** The process of {@link ThreadShortageTest}, which has a limit of threads. */
final class ThreadShortage {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MessageQueue queue;
    private final NamedSemaphore semaphore;
    private final byte[] buffer = new byte[8];

    private ThreadShortage(String name) throws IOException {
        queue = MessageQueue.create(name, Queues.options(2, 8));
        MessageQueue.unlink(name);
        semaphore = NamedSemaphore.create(name, 0);
        NamedSemaphore.unlink(name);
    }

    public static void main(String[] args) throws Exception {
        ThreadShortage shortage = new ThreadShortage(args[0]);
        inVirtualThread(() -> null); // the scheduler has its thread
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> hogs = takeAllThreads(over);
        long descriptors = descriptors();
        report("platform", shortage::receive);
        report("virtual", () -> inVirtualThread(shortage::receive));
        report("semaphore", () -> inVirtualThread(shortage::acquire));
        over.countDown();
        for (Thread hog : hogs) {
            hog.join();
        }
        long left = descriptors() - descriptors;
        shortage.queue.send(new byte[5], 0);
        shortage.queue.send(new byte[5], 0);
        Object platform = shortage.receive();
        Object virtual = inVirtualThread(shortage::receive);
        shortage.semaphore.release();
        Object acquired = inVirtualThread(shortage::acquire);
        System.out.println("afterwards: " + platform + " " + virtual + " " + acquired);
        shortage.queue.close();
        shortage.semaphore.close();
        System.out.println("left behind: " + left);
    }

    private Integer receive() throws Exception {
        return queue.receive(buffer, new MessageInfo(), PATIENCE);
    }

    private Boolean acquire() throws Exception {
        return semaphore.tryAcquire(PATIENCE);
    }

    private static void report(String who, Callable<?> call) {
        try {
            System.out.println(who + ": " + call.call());
        } catch (LimitExceededException e) {
            System.out.println(who + ": LimitExceededException " + e.limit());
        } catch (Exception e) {
            System.out.println(who + ": " + e);
        }
    }

    private static <T> T inVirtualThread(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().start(task);
        try {
            return task.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private static List<Thread> takeAllThreads(CountDownLatch over) {
        List<Thread> hogs = new ArrayList<>();
        try {
            while (true) {
                Thread hog = new Thread(() -> await(over));
                hog.start();
                hogs.add(hog);
            }
        } catch (OutOfMemoryError e) {
            return hogs;
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            // never interrupted
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
