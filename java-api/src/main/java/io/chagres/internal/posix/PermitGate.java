// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.internal.Deadline;
import io.chagres.posix.Errno;
import io.chagres.posix.Semaphores;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where virtual threads wait for permits of a semaphore: in a line, while one platform thread
 * stands in for all of them. That is a representative, a {@link HelperThreads helper} that blocks
 * in sem_wait, or, when all helpers are busy, the {@link PermitSweeper}. Each permit it gets
 * belongs to the first in line from that moment; if the line has become empty it is posted back. So
 * none is lost when a waiter gives up.
 *
 * <p>Who stands in line is inside the handle, so the mapping is there as long as the line is not
 * empty. Thread-safe; nothing that parks holds a monitor.
 */
final class PermitGate {

    private static final String WAIT = PosixSemaphore.WAIT;

    /** How long who leaves last waits for the representative to leave too, at most. */
    private static final long SETTLE_NANOS = 50_000_000L;

    private final MappedSemaphore semaphore;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();

    // All below are guarded by the lock.
    private final Set<Waiter> line = new LinkedHashSet<>();

    /** Whether somebody stands in. */
    private boolean served;

    /**
     * A helper that waits for a permit; it may be interrupted, which means that nobody wants it.
     */
    private @Nullable Thread representative;

    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        volatile boolean over;
        boolean granted;
        @Nullable IpcException failure;

        void end() {
            over = true;
            LockSupport.unpark(thread);
        }
    }

    PermitGate(MappedSemaphore semaphore) {
        this.semaphore = semaphore;
    }

    /**
     * Waits in line for a permit; the caller is inside the handle.
     *
     * @return false at the deadline
     */
    boolean await(long deadline) throws IpcException, InterruptedException {
        Waiter me = new Waiter();
        enlist(me);
        while (!me.over && !semaphore.isClosing() && !me.thread.isInterrupted()) {
            long remaining = Deadline.remainingNanos(deadline);
            if (remaining <= 0) {
                break;
            }
            if (deadline == Deadline.NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, remaining);
            }
        }
        if (leave(me)) {
            return true; // whatever else happened meanwhile: the permit is the caller's
        }
        if (semaphore.isClosing()) {
            throw semaphore.closed(WAIT);
        }
        if (me.failure != null) {
            throw me.failure;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(WAIT + " " + semaphore.name());
        }
        return false;
    }

    /** Wakes all, to see that the handle is closing. */
    void wakeAll() {
        lock.lock();
        try {
            line.forEach(w -> LockSupport.unpark(w.thread));
        } finally {
            lock.unlock();
        }
    }

    private void enlist(Waiter me) throws IpcException {
        lock.lock();
        try {
            if (semaphore.isClosing()) {
                throw semaphore.closed(WAIT);
            }
            if (!served) {
                standIn();
                served = true;
            }
            line.add(me);
        } finally {
            lock.unlock();
        }
    }

    private void standIn() throws IpcException {
        if (!HelperThreads.run(this::represent)) {
            try {
                PermitSweeper.add(this);
            } catch (OutOfMemoryError e) {
                throw PosixErrors.noThread(WAIT, semaphore.name(), e);
            }
        }
    }

    /** Leaves the line; whether with a permit. */
    private boolean leave(Waiter me) {
        lock.lock();
        try {
            boolean given = !line.remove(me) && me.granted;
            if (given) {
                return true;
            }
            Thread helper = representative;
            if (line.isEmpty() && helper != null) {
                helper.interrupt();
                Kicker.hurry(); // an interrupt alone does not end a system call
                awaitSettled(helper);
            }
        } finally {
            lock.unlock();
        }
        return false;
    }

    /**
     * Until the representative has gone, who may just have taken a permit that nobody wants now: it
     * posts it back, and who looks after this call shall find it. The caller holds the lock.
     */
    private void awaitSettled(Thread helper) {
        boolean interrupted = Thread.interrupted(); // often the reason to leave
        long left = SETTLE_NANOS;
        while (helper.equals(representative) && line.isEmpty() && left > 0) {
            try {
                left = settled.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the representative's side

    /** In a helper's thread, until the line is empty. */
    void represent() {
        try {
            while (beginTurn()) {
                takeOne();
            }
        } catch (RuntimeException | Error e) {
            giveUp(new IpcException(WAIT, semaphore.name(), 0, "", "the wait failed: " + e));
            throw e;
        }
    }

    private boolean beginTurn() {
        lock.lock();
        try {
            served = !line.isEmpty();
            representative = served ? Thread.currentThread() : null;
            return served;
        } finally {
            lock.unlock();
        }
    }

    private void takeOne() {
        try {
            BlockingCall call =
                    BlockingCall.enter(semaphore, WAIT, BlockingCall.READ, Deadline.NEVER);
            try {
                int result;
                do {
                    result = Semaphores.sem_wait(semaphore.address());
                } while (result < 0 && call.again(result));
                handOver();
            } finally {
                call.leave();
            }
        } catch (InterruptedException e) {
            // nobody wants it any more; or somebody does again, which the next turn sees
        } catch (IpcException e) {
            fail(e); // also when it is closing
        } finally {
            endTurn();
        }
    }

    /** No interrupt comes after it, and one that came too late is taken back. */
    private void endTurn() {
        lock.lock();
        try {
            representative = null;
            Thread.interrupted();
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A permit was taken: it is the first waiter's, or everybody's again. */
    private void handOver() {
        lock.lock();
        try {
            if (!grantToFirst()) {
                Semaphores.sem_post(semaphore.address());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The caller holds the lock. */
    private boolean grantToFirst() {
        Iterator<Waiter> waiters = line.iterator();
        if (!waiters.hasNext()) {
            return false;
        }
        Waiter first = waiters.next();
        waiters.remove();
        first.granted = true;
        first.end();
        return true;
    }

    private void giveUp(IpcException e) {
        lock.lock();
        try {
            fail(e);
            served = false;
        } finally {
            lock.unlock();
        }
    }

    private void fail(IpcException e) {
        lock.lock();
        try {
            for (Waiter waiter : line) {
                waiter.failure = e;
                waiter.end();
            }
            line.clear();
        } finally {
            lock.unlock();
        }
    }

    // ---- the sweeper's side

    /** What became of a look at the semaphore. */
    enum Sweep {
        /** Somebody in line got a permit. */
        SERVED,
        /** There was none. */
        IN_VAIN,
        /** The line is empty: the sweeper is done here. */
        OVER
    }

    /** Takes what there is for those in line, without waiting. */
    Sweep sweep() {
        lock.lock();
        try {
            Sweep outcome = Sweep.IN_VAIN;
            while (!line.isEmpty()) {
                int result = Semaphores.sem_trywait(semaphore.address());
                if (result == 0) {
                    grantToFirst();
                    outcome = Sweep.SERVED;
                } else if (result == -Errno.EAGAIN) {
                    return outcome;
                } else if (result != -Errno.EINTR) {
                    fail(semaphore.failure(WAIT, result));
                }
            }
            served = false;
            return Sweep.OVER;
        } finally {
            lock.unlock();
        }
    }
}
