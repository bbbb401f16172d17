// SPDX-License-Identifier: Apache-2.0
package io.chagres.internal.posix;

import io.chagres.IpcException;
import io.chagres.internal.Deadline;
import io.chagres.internal.JfrEvents;
import io.chagres.internal.SemaphoreObject;
import io.chagres.posix.Errno;
import io.chagres.posix.Semaphores;
import io.chagres.posix.Time;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An open semaphore: its calls, and how they wait. What need not wait is done without a system
 * call. Thread-safe.
 */
final class PosixSemaphore implements SemaphoreObject {

    /** The operation that errors have. */
    static final String WAIT = "sem_wait";

    private static final String POST = "sem_post";
    private static final String VALUE = "sem_getvalue";

    /** False for a glibc before 2.30, which has timed waits on the wall clock alone. */
    @SuppressWarnings("NonFinalStaticField") // found out by the first timed wait
    private static volatile boolean hasClockwait = true;

    private final MappedSemaphore semaphore;

    PosixSemaphore(MappedSemaphore semaphore) {
        this.semaphore = semaphore;
    }

    @Override
    public String name() {
        return semaphore.name();
    }

    @Override
    public boolean acquire(long deadline) throws IpcException, InterruptedException {
        if (deadline != Deadline.NOW && Thread.interrupted()) {
            throw new InterruptedException(WAIT + " " + name());
        }
        if (tryAcquire()) {
            return true;
        }
        if (deadline == Deadline.NOW) {
            return false;
        }
        return Thread.currentThread().isVirtual() ? awaitInLine(deadline) : await(deadline);
    }

    private boolean tryAcquire() throws IpcException {
        semaphore.enter(WAIT);
        try {
            int result;
            do {
                result = Semaphores.sem_trywait(semaphore.address());
            } while (result == -Errno.EINTR);
            if (result < 0 && result != -Errno.EAGAIN) {
                throw semaphore.failure(WAIT, result);
            }
            return result == 0;
        } finally {
            semaphore.leave();
        }
    }

    /** In the system call. */
    private boolean await(long deadline) throws IpcException, InterruptedException {
        BlockingCall call = BlockingCall.enter(semaphore, WAIT, BlockingCall.READ, deadline);
        try {
            long address = semaphore.address();
            int result;
            do {
                result =
                        call.blocksWithoutEnd()
                                ? Semaphores.sem_wait(address)
                                : timedWait(address, call);
            } while (result < 0 && call.again(result));
            return result == 0;
        } finally {
            call.leave();
        }
    }

    private static int timedWait(long address, BlockingCall call) {
        if (hasClockwait) {
            try {
                MemorySegment until = call.arguments().monotonic(call.deadline());
                return Semaphores.sem_clockwait(address, Time.CLOCK_MONOTONIC, until.address());
            } catch (UnsatisfiedLinkError e) {
                hasClockwait = false;
            }
        }
        MemorySegment until = call.arguments().realTime(call.deadline());
        return Semaphores.sem_timedwait(address, until.address());
    }

    /** As a virtual thread, which leaves its carrier to others. */
    private boolean awaitInLine(long deadline) throws IpcException, InterruptedException {
        semaphore.enter(WAIT);
        JfrEvents.Wait event = JfrEvents.beginWait();
        try {
            return semaphore.gate().await(deadline);
        } finally {
            if (event != null) {
                event.end(WAIT, name());
            }
            semaphore.leave();
        }
    }

    @Override
    public void release() throws IpcException {
        semaphore.enter(POST);
        try {
            int result = Semaphores.sem_post(semaphore.address());
            if (result < 0) {
                throw semaphore.failure(POST, result);
            }
        } finally {
            semaphore.leave();
        }
    }

    @Override
    public void release(int permits) throws IpcException {
        if (permits > Semaphores.SEM_VALUE_MAX - value()) {
            throw semaphore.failure(POST, -Errno.EOVERFLOW);
        }
        for (int i = 0; i < permits; i++) {
            release();
        }
    }

    @Override
    public int value() throws IpcException {
        semaphore.enter(VALUE);
        CallArguments arguments = CallArguments.borrow();
        try {
            MemorySegment value = arguments.word();
            int result = Semaphores.sem_getvalue(semaphore.address(), value.address());
            if (result < 0) {
                throw semaphore.failure(VALUE, result);
            }
            return value.get(ValueLayout.JAVA_INT, 0);
        } finally {
            arguments.giveBack();
            semaphore.leave();
        }
    }

    @Override
    public void close() throws IpcException {
        semaphore.close();
    }
}
