// SPDX-License-Identifier: Apache-2.0
package io.chagres.test;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A call in a thread of its own, of which can be seen that it is blocked in the system. */
public final class Caller<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final FutureTask<T> task;
    private final Thread thread;

    private Caller(FutureTask<T> task, Thread thread) {
        this.task = task;
        this.thread = thread;
    }

    /** Starts a call in a thread of the kind of this one. */
    public static <T> Caller<T> start(Callable<T> call) {
        boolean virtual = Thread.currentThread().isVirtual();
        return start(virtual ? Threads.VIRTUAL : Threads.PLATFORM, call);
    }

    /** Starts a call in a thread of a kind. */
    public static <T> Caller<T> start(Threads kind, Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        String name = "caller-" + COUNTER.incrementAndGet(); // the kernel keeps 15 characters
        Thread thread = kind.unstarted(name, task);
        thread.start();
        return new Caller<>(task, thread);
    }

    /** Interrupts the thread. */
    public void interrupt() {
        thread.interrupt();
    }

    /**
     * Waits until the kernel has the thread sleeping while the JVM has it running: it is inside a
     * system call. A virtual thread must be parked. Three looks, since a thread of the JVM may
     * sleep for a moment on its way there.
     */
    public Caller<T> awaitBlocked() {
        AtomicInteger looks = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(thread.isVirtual() ? 1 : 5))
                .atMost(PATIENCE)
                .until(() -> (sleeps() ? looks.incrementAndGet() : resetOf(looks)) == 3);
        return this;
    }

    /** Whether the call is over. */
    public boolean isDone() {
        return task.isDone();
    }

    /** Waits for the call's result, or throws an ExecutionException with what it threw. */
    public T result() throws Exception {
        return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static int resetOf(AtomicInteger looks) {
        looks.set(0);
        return 0;
    }

    private boolean sleeps() {
        Thread.State state = thread.getState();
        if (thread.isVirtual()) {
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }
        if (state != Thread.State.RUNNABLE) {
            return false;
        }
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.anyMatch(this::isMineAndSleeps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line is: id (name) state ... */
    private boolean isMineAndSleeps(Path task) {
        try {
            return Files.readString(task.resolve("stat")).contains("(" + thread.getName() + ") S ");
        } catch (NoSuchFileException e) {
            return false; // a thread that has ended
        } catch (IOException e) {
            return false; // the same, noticed later (ESRCH)
        }
    }
}
