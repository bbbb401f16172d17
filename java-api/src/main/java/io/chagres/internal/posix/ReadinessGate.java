// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.internal.Deadline;
import io.chagres.posix.Epoll;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where virtual threads wait for a descriptor to be ready: a line for each direction, and one
 * registration with the process's {@link EpollLoop}. Readiness wakes the first in a line, who tries
 * again; when its call is over, the next is let look ({@link #passOn}). So one message wakes one
 * thread, and a thread that gave up leaves its chance to the next. Thread-safe; nothing that parks
 * holds a monitor.
 */
final class ReadinessGate implements EpollLoop.Listener {

    private final Descriptor descriptor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Parked> readers = new ArrayDeque<>();
    private final Deque<Parked> writers = new ArrayDeque<>();
    private volatile EpollLoop.@Nullable Registration registration;

    private static final class Parked {
        final Thread thread = Thread.currentThread();
        volatile boolean woken;

        void wake() {
            woken = true;
            LockSupport.unpark(thread);
        }
    }

    ReadinessGate(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Waits in line.
     *
     * @return false at the deadline
     */
    boolean await(int direction, long deadline, String operation)
            throws IpcException, InterruptedException {
        Parked me = new Parked();
        Deque<Parked> line = line(direction);
        enlist(line, me, operation);
        try {
            while (!me.woken) {
                if (Thread.interrupted()) {
                    throw new InterruptedException(operation + " " + descriptor.name());
                }
                long remaining = Deadline.remainingNanos(deadline);
                if (remaining <= 0) {
                    return false;
                }
                park(deadline, remaining);
            }
        } finally {
            leave(line, me);
        }
        if (descriptor.isClosing()) {
            throw descriptor.closed(operation);
        }
        return true;
    }

    private void park(long deadline, long remaining) {
        if (deadline == Deadline.NEVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, remaining);
        }
    }

    private void enlist(Deque<Parked> line, Parked me, String operation) throws IpcException {
        lock.lock();
        try {
            if (descriptor.isClosing()) {
                throw descriptor.closed(operation);
            }
            register();
            line.add(me);
            int result = arm();
            if (result < 0) {
                line.remove(me);
                throw descriptor.failure("epoll_ctl", result);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Deque<Parked> line, Parked me) {
        lock.lock();
        try {
            line.remove(me);
            disarmIfIdle();
        } finally {
            lock.unlock();
        }
    }

    /** So that the loop does not keep a handle that everybody else has forgotten. */
    private void disarmIfIdle() {
        EpollLoop.Registration present = registration;
        if (present != null && readers.isEmpty() && writers.isEmpty()) {
            present.disarm();
        }
    }

    /** A call that waited in a direction is over, whatever came of it. */
    void passOn(int direction) {
        lock.lock();
        try {
            if (!line(direction).isEmpty()) {
                arm();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all, to see that the handle is closing. */
    void wakeAll() {
        lock.lock();
        try {
            readers.forEach(Parked::wake);
            writers.forEach(Parked::wake);
        } finally {
            lock.unlock();
        }
    }

    /** Asks for whatever somebody waits for. The caller holds the lock. */
    private int arm() {
        int events =
                (readers.isEmpty() ? 0 : Epoll.EPOLLIN) | (writers.isEmpty() ? 0 : Epoll.EPOLLOUT);
        EpollLoop.Registration present = registration;
        return events == 0 || present == null ? 0 : present.arm(events);
    }

    private void register() throws IpcException {
        EpollLoop.Registration present = registration;
        if (present == null || present.isOver()) {
            present = EpollLoop.forParking().register(descriptor.fd(), this);
            registration = present;
            descriptor.watchedBy(present);
        }
    }

    /** In the loop's thread. */
    @Override
    public void ready(int events) {
        boolean broken = (events & (Epoll.EPOLLERR | Epoll.EPOLLHUP)) != 0;
        lock.lock();
        try {
            boolean read = wakeFirst(readers, broken || (events & Epoll.EPOLLIN) != 0, broken);
            boolean write = wakeFirst(writers, broken || (events & Epoll.EPOLLOUT) != 0, broken);
            if (read != write) {
                arm(); // for the direction that still waits
            }
        } finally {
            lock.unlock();
        }
    }

    /** Who still waits must see why, or register anew. */
    @Override
    public void ended() {
        EpollLoop.Registration present = registration;
        if (present != null) {
            descriptor.watchedNoMoreBy(present);
        }
        wakeAll();
    }

    private static boolean wakeFirst(Deque<Parked> line, boolean ready, boolean all) {
        if (!ready) {
            return false;
        }
        Parked first = line.poll();
        while (first != null) {
            first.wake();
            first = all ? line.poll() : null;
        }
        return true;
    }

    private Deque<Parked> line(int direction) {
        return direction == BlockingCall.READ ? readers : writers;
    }
}
